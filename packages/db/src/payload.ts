import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { cleanText, InvariantError, type JsonValue } from '@millwright/core';

/** Bytes of JSON above which a payload is deflated. */
const DEFLATE_ABOVE_BYTES = 1024;
const PLAIN = 0;
const DEFLATED = 1;

/**
 * A value as `bytea`: one byte that says how, then JSON, deflated above 1 KB. Bytes, not text: JSON may hold
 * U+0000 and lone surrogates, which Postgres' text types refuse.
 */
export function encodePayload(value: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(value), 'utf8');
  if (json.length <= DEFLATE_ABOVE_BYTES) return Buffer.concat([Buffer.of(PLAIN), json]);
  return Buffer.concat([Buffer.of(DEFLATED), deflateRawSync(json, { level: 3 })]);
}

/**
 * The value back.
 * @throws InvariantError `payload_format`
 */
export function decodePayload(bytes: Uint8Array): JsonValue {
  const body = bytes.subarray(1);
  if (bytes[0] === PLAIN) return JSON.parse(Buffer.from(body).toString('utf8')) as JsonValue;
  if (bytes[0] === DEFLATED) return JSON.parse(inflateRawSync(body).toString('utf8')) as JsonValue;
  throw new InvariantError({ code: 'payload_format', message: 'a stored payload has an unknown format' });
}

/** JSON text that `jsonb` takes: strings lose U+0000, lone surrogates become U+FFFD. */
export function cleanJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!/\\u0000|\\ud[89a-f]/i.test(text)) return text;
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? cleanText(inner) : inner));
}

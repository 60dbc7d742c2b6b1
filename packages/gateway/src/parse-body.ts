import type { IncomingHttpHeaders } from 'node:http';
import { isDeeperThan, UserError, type JsonValue } from '@millwright/core';

/** Deepest nesting of JSON that is taken; expressions and everything that writes it out again reach as far. */
const MAX_DEPTH = 200;

const CHARSET = /charset\s*=\s*"?([\w.:-]+)/i;

function malformed(message: string): UserError {
  return new UserError('invalid', {
    code: 'body_malformed',
    message: `the body says it is JSON but is not: ${message}`,
    hint: 'Correct the JSON, or send another Content-Type. Nothing was accepted.',
  });
}

function unsupported(message: string, hint: string): UserError {
  return new UserError('invalid', { code: 'body_unsupported', message, hint });
}

/** The text in the charset that the sender names, UTF-8 where it names none; null where the bytes are no such text. */
function decode(contentType: string, body: Buffer): string | null {
  const charset = CHARSET.exec(contentType)?.[1] ?? 'utf-8';
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(charset, { fatal: true });
  } catch {
    throw unsupported(`the charset ${charset} is not known`, 'Send the body in UTF-8.');
  }
  try {
    return decoder.decode(body);
  } catch {
    return null;
  }
}

function parseJson(text: string): JsonValue {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch (thrown) {
    throw malformed(thrown instanceof Error ? thrown.message : '');
  }
  if (!isDeeperThan(value, MAX_DEPTH)) return value;
  throw new UserError('invalid', {
    code: 'json_too_deep',
    message: `the JSON is nested deeper than ${MAX_DEPTH} levels`,
    hint: 'Make it flatter, or send the inner part as text. Nothing was accepted.',
  });
}

/** Fields of a form or a query; a name that comes twice becomes a list. Any name is an own field, `__proto__` too. */
export function fieldsOf(pairs: URLSearchParams): JsonValue {
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of pairs) {
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]);
  }
  return Object.fromEntries(fields);
}

/**
 * A body as data, by its Content-Type: JSON as what it says, a form as an object, other text as text, bytes that are no text as
 * base64; null when there is none.
 * @throws UserError `body_malformed`, `json_too_deep`, `body_unsupported` (compressed, or an unknown charset)
 */
export function parseBody(headers: IncomingHttpHeaders, body: Buffer): JsonValue {
  if (body.length === 0) return null;
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') throw unsupported(`the body is compressed (${encoding})`, 'Send it without Content-Encoding.');
  const contentType = headers['content-type'] ?? '';
  const kind = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  const text = decode(contentType, body);
  if (kind === 'application/json' || kind.endsWith('+json')) {
    if (text === null) throw malformed('it is not text in its charset, which is UTF-8 where none is named');
    return parseJson(text);
  }
  if (text === null) return body.toString('base64');
  return kind === 'application/x-www-form-urlencoded' ? fieldsOf(new URLSearchParams(text)) : text;
}

import { isJsonObject, UserError, type JsonObject, type JsonValue } from '@millwright/core';
import type { BodyCodec } from '@millwright/node-sdk';
import { fill, type Scope } from './fill.ts';
import { encodeForm } from './form.ts';
import { encodeMultipart } from './multipart.ts';
import { encodeXml } from './xml.ts';

/** A body with the headers that say what it is. */
export interface EncodedBody {
  readonly body: string | Uint8Array | null;
  readonly headers: Readonly<Record<string, string>>;
}

function fieldsOf(value: JsonValue | Uint8Array | undefined): JsonObject {
  if (value === undefined) return {};
  if (!(value instanceof Uint8Array) && isJsonObject(value)) return value;
  throw new UserError('invalid', {
    code: 'parameter_invalid',
    message: 'the body is no object of fields',
    hint: 'Give an object.',
    details: { sent: false },
  });
}

function bytesOf(value: JsonValue | Uint8Array): Uint8Array {
  return value instanceof Uint8Array ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value), 'base64');
}

/** JSON whose signs all fit into a header line (as Dropbox asks for). */
function headerJson(value: JsonValue): string {
  return JSON.stringify(value).replaceAll(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Writes a body.
 * @param codec how; default JSON
 * @param scope for what the codec itself holds, and `idempotencyKey`
 * @throws UserError `parameter_invalid` when the value does not suit the codec
 */
export function encodeBody(value: JsonValue | Uint8Array | undefined, codec: BodyCodec, scope: Scope): EncodedBody {
  if (value === undefined && codec.kind !== 'graphql') return { body: null, headers: {} };
  const typed = (body: string | Uint8Array, contentType: string): EncodedBody => ({ body, headers: { 'content-type': contentType } });
  switch (codec.kind) {
    case 'json':
      return typed(value instanceof Uint8Array ? value : JSON.stringify(value), codec.contentType ?? 'application/json');
    case 'form':
      return typed(encodeForm(fieldsOf(value), codec), 'application/x-www-form-urlencoded');
    case 'multipart': {
      const { idempotencyKey } = scope;
      const { body, contentType } = encodeMultipart(fieldsOf(value), typeof idempotencyKey === 'string' ? idempotencyKey : 'read');
      return typed(body, contentType);
    }
    case 'bytes':
      return typed(bytesOf(value ?? ''), codec.contentType ?? 'application/octet-stream');
    case 'text':
      return typed(
        value instanceof Uint8Array || typeof value === 'string' ? value : JSON.stringify(value),
        codec.contentType ?? 'text/plain; charset=utf-8',
      );
    case 'xml':
      return typed(encodeXml(fieldsOf(value)), codec.contentType ?? 'application/xml; charset=utf-8');
    case 'graphql':
      return typed(JSON.stringify({ query: codec.query, variables: fieldsOf(value) }), 'application/json');
    case 'headerJson': {
      const content = codec.content === undefined ? undefined : fill(codec.content, scope);
      const headers = { [codec.header.toLowerCase()]: headerJson(value instanceof Uint8Array ? null : (value ?? null)) };
      if (content === undefined || content === null) return { body: null, headers };
      return { body: bytesOf(content), headers: { ...headers, 'content-type': codec.contentType ?? 'application/octet-stream' } };
    }
  }
}

import { isDeeperThan, type JsonValue } from '@millwright/core';
import type { EgressResponse } from '@millwright/egress';
import type { AnswerAs, HttpResponse } from '@millwright/node-sdk';

const JSON_TYPE = /^application\/(?:[\w.+-]*\+)?json\b/i;
/** JSON nested deeper is handed on as text: expressions reach no further, and it could not be written out again. */
const MAX_DEPTH = 200;
const CHARSET = /charset\s*=\s*"?([\w.:-]+)/i;

function decodeText(bytes: Uint8Array, contentType: string): string | null {
  try {
    return new TextDecoder(CHARSET.exec(contentType)?.[1] ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * An answer as nodes see it: JSON where the content type says so and it parses, else text, else base64.
 * @param as `text`: never JSON; `base64`: the bytes, whatever they are
 */
export function decodeAnswer(
  { status, headers, body }: Pick<EgressResponse, 'status' | 'headers' | 'body'>,
  as: AnswerAs = 'auto',
): HttpResponse {
  const contentType = headers['content-type'] ?? '';
  const text = as === 'base64' ? null : decodeText(body, contentType);
  if (text === null) return { status, headers, body: Buffer.from(body).toString('base64'), bodyType: 'base64' };
  if (as === 'auto' && JSON_TYPE.test(contentType) && text !== '') {
    try {
      const body = JSON.parse(text) as JsonValue;
      if (!isDeeperThan(body, MAX_DEPTH)) return { status, headers, body, bodyType: 'json' };
    } catch {
      // A service may lie about its type: what is no JSON is text.
    }
  }
  return { status, headers, body: text, bodyType: 'text' };
}

import { isDeeperThan, UserError, type JsonValue } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import type { EgressRequest, EgressResponse } from '@millwright/egress';
import type { HttpPort, HttpQueryValue, HttpRequest, HttpResponse } from '@millwright/node-sdk';

/** What one call of a node brings to its requests. */
export interface NodeHttpOptions {
  readonly egress: { readonly request: (request: EgressRequest) => Promise<EgressResponse> };
  readonly signal: AbortSignal;
  /** Null unless the node writes. */
  readonly idempotencyKey: string | null;
  /** Commits that the write leaves; see `NodeCall.beforeSend`. */
  readonly beforeSend: (requestHash: string) => Promise<void>;
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const JSON_TYPE = /^application\/(?:[\w.+-]*\+)?json\b/i;
/** JSON nested deeper is handed on as text: expressions reach no further, and it could not be written out again. */
const MAX_DEPTH = 200;
const CHARSET = /charset\s*=\s*"?([\w.:-]+)/i;

function isList(values: HttpQueryValue | readonly HttpQueryValue[]): values is readonly HttpQueryValue[] {
  return Array.isArray(values);
}

function urlOf({ url, query }: HttpRequest): string {
  if (query === undefined) return url;
  const target = URL.parse(url);
  if (target === null) return url;
  for (const [name, values] of Object.entries(query)) {
    for (const value of isList(values) ? values : [values])
      if (value !== null && value !== undefined) target.searchParams.append(name, String(value));
  }
  return target.href;
}

function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The request as it leaves, but for keys and credentials. */
function toEgress(
  request: HttpRequest,
): Required<Pick<EgressRequest, 'method' | 'url' | 'headers'>> & { readonly body: string | Uint8Array | null } {
  const headers = lowerCased(request.headers);
  const { body } = request;
  const isRaw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  return {
    method: request.method.toUpperCase(),
    url: urlOf(request),
    headers: isRaw ? headers : { 'content-type': 'application/json', ...headers },
    body: isRaw ? (body ?? null) : JSON.stringify(body),
  };
}

function decodeText(bytes: Uint8Array, contentType: string): string | null {
  try {
    return new TextDecoder(CHARSET.exec(contentType)?.[1] ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function toAnswer({ status, headers, body }: EgressResponse): HttpResponse {
  const contentType = headers['content-type'] ?? '';
  const text = decodeText(body, contentType);
  if (text === null) return { status, headers, body: Buffer.from(body).toString('base64'), bodyType: 'base64' };
  if (JSON_TYPE.test(contentType) && text !== '') {
    try {
      const body = JSON.parse(text) as JsonValue;
      if (!isDeeperThan(body, MAX_DEPTH)) return { status, headers, body, bodyType: 'json' };
    } catch {
      // A service may lie about its type: what is no JSON is text.
    }
  }
  return { status, headers, body: text, bodyType: 'text' };
}

/**
 * The network as one call of a node sees it: the one way out, with the write's key as `Idempotency-Key`, and stored as
 * started before the first request that changes something leaves. Further such requests belong to the same attempt.
 */
export function createNodeHttp({ egress, signal, idempotencyKey, beforeSend }: NodeHttpOptions): HttpPort {
  let gate: Promise<void> | null = null;
  return {
    request: async (request) => {
      const sent = toEgress(request);
      const isWrite = !SAFE_METHODS.has(sent.method);
      if (isWrite && idempotencyKey === null) {
        throw new UserError('invalid', {
          code: 'effect_mismatch',
          message: `a node that only reads may not send ${sent.method}`,
          hint: "Declare the node's effect as 'write'.",
          details: { sent: false },
        });
      }
      if (isWrite) await (gate ??= beforeSend(hashHex(JSON.stringify([sent.method, sent.url, hashHex(sent.body ?? '')]))));
      const headers = isWrite && idempotencyKey !== null ? { 'idempotency-key': idempotencyKey, ...sent.headers } : sent.headers;
      return toAnswer(
        await egress.request({ ...sent, headers, signal, ...(request.timeoutMs === undefined ? {} : { timeoutMs: request.timeoutMs }) }),
      );
    },
  };
}

import { decodeAnswer, encodeBody, readPages, requestHashOf, withPage, type UnsignedRequest } from '@millwright/connector-runtime';
import { InvariantError, UserError } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import type { EgressRequest, EgressResponse } from '@millwright/egress';
import type { HttpListOptions, HttpPage, HttpPort, HttpQueryValue, HttpRequest, HttpResponse } from '@millwright/node-sdk';

/** What one call of a node brings to its requests. */
export interface NodeHttpOptions {
  readonly egress: { readonly request: (request: EgressRequest) => Promise<EgressResponse> };
  readonly signal: AbortSignal;
  /** Null unless the node writes. */
  readonly idempotencyKey: string | null;
  /** Commits that the write leaves; see `NodeCall.beforeSend`. */
  readonly beforeSend: (requestHash: string) => Promise<void>;
  /** Sends a request signed by the credential in a slot. Absent: those that ask for it are refused. */
  readonly signed?: (slot: string, request: UnsignedRequest, beforeSend: NodeHttpOptions['beforeSend']) => Promise<HttpResponse>;
  /** Waits for the step's own batches. Absent: requests that ask for it are refused. */
  readonly pace?: (pace: NonNullable<HttpRequest['pace']>) => Promise<void>;
}

/** The first request of an attempt stores that it leaves; further ones belong to the same. */
export function oncePerAttempt(beforeSend: NodeHttpOptions['beforeSend']): NodeHttpOptions['beforeSend'] {
  let gate: Promise<void> | null = null;
  return (requestHash) => (gate ??= beforeSend(requestHash));
}

// PROPFIND and REPORT are safe too (IANA's registry of methods; RFC 4918, RFC 3253): calendars are read by them.
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'PROPFIND', 'REPORT']);

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
  idempotencyKey: string | null,
): Required<Pick<EgressRequest, 'method' | 'url' | 'headers'>> & { readonly body: string | Uint8Array | null } {
  const headers = lowerCased(request.headers);
  const { body, as } = request;
  const isRaw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  const codec = as ?? (isRaw ? undefined : ({ kind: 'json' } as const));
  const written = codec === undefined ? { headers: {}, body: isRaw ? (body ?? null) : null } : encodeBody(body, codec, { idempotencyKey });
  return { method: request.method.toUpperCase(), url: urlOf(request), headers: { ...written.headers, ...headers }, body: written.body };
}

/** What of a request is the egress' or the reader's business, and no part of what it does. */
function manner({
  timeoutMs,
  answerAs,
  followRedirects,
}: HttpRequest): Pick<UnsignedRequest, 'timeoutMs' | 'answerAs' | 'handOnRedirects'> {
  return {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(answerAs === undefined ? {} : { answerAs }),
    ...(followRedirects === false ? { handOnRedirects: true } : {}),
  };
}

/** A page's own key: under one key, a service that honours keys would give the first page again. */
function keyOfPage(key: string, page: number): string {
  return page === 1 ? key : hashHex(`${key}/${page}`).slice(0, 36);
}

/** Requests of one call of a node. */
class NodeHttp implements HttpPort {
  readonly #options: NodeHttpOptions;
  readonly #beforeSend: NodeHttpOptions['beforeSend'];

  constructor(options: NodeHttpOptions) {
    this.#options = options;
    this.#beforeSend = oncePerAttempt(options.beforeSend);
  }

  readonly request = (request: HttpRequest): Promise<HttpResponse> => this.#send(request, 1);

  readonly list = (request: HttpRequest, options: HttpListOptions): AsyncIterable<HttpPage> => this.#list(request, options);

  async *#list(request: HttpRequest, { pages, maxItems }: HttpListOptions): AsyncGenerator<HttpPage, void, undefined> {
    let count = 0;
    const list = { spec: pages, input: {}, maxItems, signal: this.#options.signal };
    const read = readPages(list, async (page) => {
      const sent = withPage(request, page);
      const response = await this.#send(sent, (count += 1));
      return { answer: { ...response, header: response.headers }, url: urlOf(sent) };
    });
    for await (const { answer, items } of read) {
      const { header: _, ...response } = answer;
      yield { response, items };
    }
  }

  async #send(request: HttpRequest, page: number): Promise<HttpResponse> {
    const { idempotencyKey, signed, egress, signal } = this.#options;
    const sent = toEgress(request, idempotencyKey);
    const isWrite = !SAFE_METHODS.has(sent.method);
    if (isWrite && idempotencyKey === null) {
      throw new UserError('invalid', {
        code: 'effect_mismatch',
        message: `a node that only reads may not send ${sent.method}`,
        hint: "Declare the node's effect as 'write'.",
        details: { sent: false },
      });
    }
    const headers =
      isWrite && idempotencyKey !== null ? { 'idempotency-key': keyOfPage(idempotencyKey, page), ...sent.headers } : sent.headers;
    const whole = { ...sent, headers, ...manner(request) };
    const gate = isWrite ? this.#beforeSend : NO_GATE;
    if (request.credential !== undefined && signed === undefined) throw unsigned(request.credential);
    if (request.pace !== undefined) await this.#pace(request.pace);
    if (request.credential !== undefined && signed !== undefined) return signed(request.credential, whole, gate);
    const { answerAs, ...leaving } = whole;
    await gate(requestHashOf(sent));
    return decodeAnswer(await egress.request({ ...leaving, signal }), answerAs);
  }

  #pace(pace: NonNullable<HttpRequest['pace']>): Promise<void> {
    if (this.#options.pace !== undefined) return this.#options.pace(pace);
    throw new InvariantError({ code: 'connector_runtime_missing', message: 'this process counts no batches', details: { sent: false } });
  }
}

/**
 * The network as one call of a node sees it: the one way out, with the write's key as `Idempotency-Key`, and stored as
 * started before the first request that changes something leaves. Further such requests belong to the same attempt.
 */
export function createNodeHttp(options: NodeHttpOptions): Required<HttpPort> {
  return new NodeHttp(options);
}

const NO_GATE = (): Promise<void> => Promise.resolve();

/** A request that must be signed never goes unsigned. */
function unsigned(slot: string): UserError {
  return new UserError('forbidden', {
    code: 'credential_unavailable',
    message: `this process lends no credentials, but the step signs with "${slot}"`,
    hint: 'Ask an admin: connections are switched off here.',
    details: { sent: false },
  });
}

import type { AnswerOf, Endpoint, EventsOf, HttpMethod, InputOf } from '@millwright/contracts';
import { errorOf, unreachableError } from './api-error.ts';
import { watchEvents, type WatchOptions } from './events.ts';

/** How a client reaches its server. */
export interface TransportOptions {
  /** Origin without a slash at the end. Default: the page's own. */
  readonly baseUrl?: string;
  /** Default: the platform's. */
  readonly fetch?: typeof globalThis.fetch;
  /** Sent with every request, such as a cookie in tests. Default none. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a single call may say beside its input. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** One endpoint as a function. @throws ApiError when the answer is not 2xx or does not come */
export type Call<E> =
  NonNullable<unknown> extends InputOf<E>
    ? (input?: InputOf<E>, options?: CallOptions) => Promise<AnswerOf<E>>
    : (input: InputOf<E>, options?: CallOptions) => Promise<AnswerOf<E>>;

/** One event stream as a function; resolves when the stream has come to its end. @throws ApiError when it is refused */
export type Watch<E> = (input: InputOf<E>, options: WatchOptions<EventsOf<E>>) => Promise<void>;

/** Turns routes into functions. */
export interface Transport {
  readonly call: <E extends Endpoint>(method: HttpMethod, path: string, query: readonly string[]) => Call<E>;
  readonly watch: <E extends Endpoint>(path: string, query: readonly string[]) => Watch<E>;
}

type Input = Readonly<Record<string, unknown>>;

/** Puts path and query parameters into their places. */
function addressOf(path: string, queryNames: readonly string[], input: Input): string {
  const filled = path.replaceAll(/:([a-zA-Z]+)/g, (_all, name: string) => encodeURIComponent(String(input[name])));
  const query = new URLSearchParams();
  for (const name of queryNames) {
    const value = input[name];
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? filled : `${filled}?${query.toString()}`;
}

function requestOf(method: HttpMethod, input: Input, headers: Readonly<Record<string, string>>): RequestInit {
  const body = input['body'];
  return {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...headers,
      ...(method === 'GET' ? {} : { 'x-millwright-csrf': '1' }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(input['revision'] === undefined ? {} : { 'if-match': `"${String(input['revision'])}"` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

/** Makes the transport over `fetch`. */
export function createTransport(options: TransportOptions = {}): Transport {
  const base = options.baseUrl ?? '';
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);
  const headers = options.headers ?? {};
  const request = async (method: HttpMethod, address: string, input: Input, call: CallOptions): Promise<unknown> => {
    const init = { ...requestOf(method, input, headers), ...(call.signal === undefined ? {} : { signal: call.signal }) };
    const response = await send(`${base}${address}`, init).catch((thrown: unknown) => {
      if (call.signal?.aborted === true) throw thrown;
      throw unreachableError(thrown);
    });
    if (!response.ok) throw await errorOf(response);
    return response.status === 204 ? undefined : await response.json();
  };
  return {
    call: (method, path, query) => (input: Input = {}, call: CallOptions = {}) => request(method, addressOf(path, query, input), input, call) as never,
    watch: (path, query) => (input, watch) => watchEvents(() => send(`${base}${addressOf(path, query, input)}`, eventRequest(headers, watch)), watch),
  };
}

function eventRequest(headers: Readonly<Record<string, string>>, watch: { readonly signal: AbortSignal }): RequestInit {
  return { credentials: 'same-origin', headers: { ...headers, accept: 'text/event-stream' }, signal: watch.signal };
}

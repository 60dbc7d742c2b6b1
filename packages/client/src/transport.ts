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
  /** Makes a repeated POST one: the same key with the same input is done once and answered alike for 24 hours. */
  readonly idempotencyKey?: string;
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

/** One request, all but how it is sent. */
interface RequestPlan {
  readonly method: HttpMethod;
  readonly address: string;
  readonly input: Input;
}

/** A parameter as it stands in an address. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Puts path and query parameters into their places. */
function addressOf(path: string, queryNames: readonly string[], input: Input): string {
  const filled = path.replaceAll(/:([a-zA-Z]+)/g, (_all, name: string) => encodeURIComponent(textOf(input[name])));
  const query = new URLSearchParams();
  for (const name of queryNames) {
    const value = input[name];
    if (value !== undefined) query.set(name, textOf(value));
  }
  return query.size === 0 ? filled : `${filled}?${query.toString()}`;
}

function requestOf({ method, input }: RequestPlan, headers: Readonly<Record<string, string>>): RequestInit {
  const body = input['body'];
  return {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...headers,
      ...(method === 'GET' ? {} : { 'x-millwright-csrf': '1' }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(input['revision'] === undefined ? {} : { 'if-match': `"${textOf(input['revision'])}"` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

/** Makes the transport over `fetch`. */
export function createTransport(options: TransportOptions = {}): Transport {
  const base = options.baseUrl ?? '';
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);
  const headers = options.headers ?? {};
  const request = async (plan: RequestPlan, call: CallOptions): Promise<unknown> => {
    const own = call.idempotencyKey === undefined ? headers : { ...headers, 'idempotency-key': call.idempotencyKey };
    const init = { ...requestOf(plan, own), ...(call.signal === undefined ? {} : { signal: call.signal }) };
    const response = await send(`${base}${plan.address}`, init).catch((thrown: unknown) => {
      if (call.signal?.aborted === true) throw thrown;
      throw unreachableError(thrown);
    });
    if (!response.ok) throw await errorOf(response);
    return response.status === 204 ? undefined : await response.json();
  };
  return {
    // The types of `Call` hold for callers; here an input is only a record.
    call: <E extends Endpoint>(method: HttpMethod, path: string, query: readonly string[]) =>
      ((input: Input | undefined, call: CallOptions | undefined) => {
        const given = input ?? {};
        return request({ method, address: addressOf(path, query, given), input: given }, call ?? {});
      }) as Call<E>,
    watch: (path, query) => (input, watch) =>
      watchEvents(() => send(`${base}${addressOf(path, query, input)}`, eventRequest(headers, watch)), watch),
  };
}

function eventRequest(headers: Readonly<Record<string, string>>, watch: { readonly signal: AbortSignal }): RequestInit {
  return { credentials: 'same-origin', headers: { ...headers, accept: 'text/event-stream' }, signal: watch.signal };
}

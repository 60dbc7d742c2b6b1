import { ask, asText, failure, setGlobal } from './core.ts';
import { fromBase64, toBase64 } from './text.ts';

type Settle = { resolve: (answer: Answer) => void; reject: (fault: Error) => void };

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly url: string;
  readonly error?: { readonly code: string; readonly message: string };
}

const open = new Map<number, Settle>();
let lastId = 0;

/** Called by the harness with the broker's answer. */
export function settleFetch(id: number, text: string): void {
  const settle = open.get(id);
  open.delete(id);
  const answer = JSON.parse(text) as Answer;
  if (answer.error === undefined) settle?.resolve(answer);
  else if (answer.error.code === 'code_no_network') settle?.reject(failure(answer.error.code, answer.error.message));
  else settle?.reject(Object.assign(new TypeError(answer.error.message), { code: answer.error.code }));
}

class GuestHeaders {
  #fields: Map<string, string>;
  constructor(init?: unknown) {
    const entries =
      typeof init !== 'object' || init === null ? [] : Symbol.iterator in init ? [...(init as Iterable<unknown[]>)] : Object.entries(init);
    this.#fields = new Map(entries.map(([name, value]): [string, string] => [String(name).toLowerCase(), String(value)]));
  }
  get(name: unknown): string | null {
    return this.#fields.get(String(name).toLowerCase()) ?? null;
  }
  has(name: unknown): boolean {
    return this.#fields.has(String(name).toLowerCase());
  }
  set(name: unknown, value: unknown): void {
    this.#fields.set(String(name).toLowerCase(), String(value));
  }
  append(name: unknown, value: unknown): void {
    const before = this.get(name);
    this.set(name, before === null ? value : `${before}, ${String(value)}`);
  }
  delete(name: unknown): void {
    this.#fields.delete(String(name).toLowerCase());
  }
  forEach(visit: (value: string, name: string) => void): void {
    for (const [name, value] of this.#fields) visit(value, name);
  }
  entries(): IterableIterator<[string, string]> {
    return this.#fields.entries();
  }
  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }
}

class GuestResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly statusText = '';
  readonly url: string;
  readonly headers: GuestHeaders;
  #body: string;
  constructor(answer: Answer) {
    this.status = answer.status;
    this.ok = answer.status >= 200 && answer.status < 300;
    this.url = answer.url;
    this.headers = new GuestHeaders(answer.headers);
    this.#body = answer.body;
  }
  async bytes(): Promise<Uint8Array> {
    return fromBase64(this.#body);
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    return Uint8Array.from(fromBase64(this.#body)).buffer;
  }
  async text(): Promise<string> {
    return new TextDecoder().decode(fromBase64(this.#body));
  }
  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
}

interface Init {
  readonly method?: unknown;
  readonly headers?: unknown;
  readonly body?: unknown;
}

async function guestFetch(target: unknown, init: Init = {}): Promise<GuestResponse> {
  const headers = new GuestHeaders(init.headers);
  const { body } = init;
  if (body instanceof URLSearchParams && !headers.has('content-type'))
    headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
  const content = body === undefined || body === null ? null : toBase64(body instanceof URLSearchParams ? String(body) : body);
  lastId += 1;
  const id = lastId;
  const request = {
    url: String(target),
    method: asText(init.method ?? 'GET').toUpperCase(),
    headers: Object.fromEntries(headers),
    body: content,
  };
  const answer = await new Promise<Answer>((resolve, reject) => {
    open.set(id, { resolve, reject });
    ask('fetch', id, JSON.stringify(request));
  });
  return new GuestResponse(answer);
}

interface HelperRequest extends Init {
  readonly url: unknown;
  readonly qs?: unknown;
  readonly json?: unknown;
  readonly returnFullResponse?: unknown;
}

/** n8n's `this.helpers.httpRequest`: JSON in and out, an error for a status of 400 and more. */
export async function httpRequest(options: HelperRequest): Promise<unknown> {
  const url = new URL(String(options.url));
  for (const [name, value] of Object.entries(options.qs ?? {})) url.searchParams.set(name, String(value));
  const isData = typeof options.body === 'object' && options.body !== null && !ArrayBuffer.isView(options.body);
  const headers = new GuestHeaders(options.headers);
  if (isData && !headers.has('content-type')) headers.set('content-type', 'application/json');
  const response = await guestFetch(url, { ...options, headers, body: isData ? JSON.stringify(options.body) : options.body });
  const text = await response.text();
  if (!response.ok)
    throw Object.assign(new Error(`The service answered ${response.status}: ${text.slice(0, 200)}`), { status: response.status });
  const isJson = options.json === true || (response.headers.get('content-type') ?? '').includes('json');
  const body: unknown = isJson && text !== '' ? JSON.parse(text) : text;
  return options.returnFullResponse === true ? { statusCode: response.status, headers: Object.fromEntries(response.headers), body } : body;
}

/** Sets `fetch`; every request goes through the runner's broker. */
export function installFetch(): void {
  setGlobal('fetch', guestFetch);
  setGlobal('Headers', GuestHeaders);
  setGlobal('Response', GuestResponse);
}

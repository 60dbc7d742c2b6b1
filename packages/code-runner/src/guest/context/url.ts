import { askText, asText, setGlobal } from './core.ts';

type Pair = [name: string, value: string];

const decode = (text: string): string => {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
};

const encode = (text: string): string =>
  encodeURIComponent(text.toWellFormed())
    .replaceAll('%20', '+')
    .replaceAll(/[!'()~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

function pairsOf(init: unknown): Pair[] {
  if (typeof init === 'object' && init !== null) {
    const entries = Symbol.iterator in init ? [...(init as Iterable<unknown[]>)] : Object.entries(init);
    return entries.map(([name, value]): Pair => [String(name), String(value)]);
  }
  const text = init === undefined || init === null ? '' : asText(init).replace(/^\?/, '');
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part): Pair => {
      const at = part.indexOf('=');
      return at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))];
    });
}

class GuestURLSearchParams {
  #pairs: Pair[];
  #changed: ((text: string) => void) | undefined;
  constructor(init?: unknown, changed?: (text: string) => void) {
    this.#pairs = pairsOf(init);
    this.#changed = changed;
  }
  #set(pairs: Pair[]): void {
    this.#pairs = pairs;
    this.#changed?.(this.toString());
  }
  get size(): number {
    return this.#pairs.length;
  }
  append(name: unknown, value: unknown): void {
    this.#set([...this.#pairs, [String(name), String(value)]]);
  }
  delete(name: unknown): void {
    this.#set(this.#pairs.filter(([one]) => one !== String(name)));
  }
  get(name: unknown): string | null {
    return this.#pairs.find(([one]) => one === String(name))?.[1] ?? null;
  }
  getAll(name: unknown): string[] {
    return this.#pairs.filter(([one]) => one === String(name)).map(([, value]) => value);
  }
  has(name: unknown): boolean {
    return this.#pairs.some(([one]) => one === String(name));
  }
  set(name: unknown, value: unknown): void {
    const at = this.#pairs.findIndex(([one]) => one === String(name));
    const rest = this.#pairs.filter(([one], index) => one !== String(name) || index === at);
    this.#set(
      at < 0 ? [...rest, [String(name), String(value)]] : rest.map((pair, index) => (index === at ? [pair[0], String(value)] : pair)),
    );
  }
  sort(): void {
    this.#set(this.#pairs.toSorted(([one], [other]) => (one < other ? -1 : Number(one > other))));
  }
  forEach(visit: (value: string, name: string, params: GuestURLSearchParams) => void): void {
    for (const [name, value] of this.#pairs) visit(value, name, this);
  }
  keys(): IterableIterator<string> {
    return this.#pairs.map(([name]) => name).values();
  }
  values(): IterableIterator<string> {
    return this.#pairs.map(([, value]) => value).values();
  }
  entries(): IterableIterator<Pair> {
    return this.#pairs.map((pair): Pair => [...pair]).values();
  }
  [Symbol.iterator](): IterableIterator<Pair> {
    return this.entries();
  }
  toString(): string {
    return this.#pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  }
}

const PARTS = ['protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'] as const;

type Parts = Record<(typeof PARTS)[number] | 'href' | 'origin', string>;

/** Parsed by the harness with Node's own parser; only texts cross. */
class GuestURL {
  #parts: Parts;
  #params: GuestURLSearchParams | undefined;
  constructor(url: unknown, base?: unknown) {
    this.#parts = GuestURL.#parse(String(url), base === undefined ? undefined : asText(base));
  }
  static #parse(url: string, base: string | undefined): Parts {
    const text = askText('url', url, base);
    if (text === '') throw new TypeError(`Invalid URL: ${url}`);
    return JSON.parse(text) as Parts;
  }
  static canParse(url: unknown, base?: unknown): boolean {
    return askText('url', String(url), base === undefined ? undefined : asText(base)) !== '';
  }
  static part(url: GuestURL, name: keyof Parts): string {
    return url.#parts[name];
  }
  static change(url: GuestURL, name: string, value: string): void {
    url.#parts = JSON.parse(askText('urlSet', url.#parts.href, JSON.stringify([name, value]))) as Parts;
    if (name === 'search' || name === 'href') url.#params = undefined;
  }
  get searchParams(): GuestURLSearchParams {
    this.#params ??= new GuestURLSearchParams(this.#parts.search, (text) => {
      this.#parts = JSON.parse(askText('urlSet', this.#parts.href, JSON.stringify(['search', text]))) as Parts;
    });
    return this.#params;
  }
  get origin(): string {
    return this.#parts.origin;
  }
  toString(): string {
    return this.#parts.href;
  }
  toJSON(): string {
    return this.#parts.href;
  }
}

/** Sets `URL` and `URLSearchParams`. */
export function installUrl(): void {
  for (const name of ['href', ...PARTS] as const)
    Object.defineProperty(GuestURL.prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: GuestURL) {
        return GuestURL.part(this, name);
      },
      set(this: GuestURL, value: unknown) {
        GuestURL.change(this, name, String(value));
      },
    });
  // Errors and logs name them as people know them.
  Object.defineProperty(GuestURL, 'name', { value: 'URL' });
  Object.defineProperty(GuestURLSearchParams, 'name', { value: 'URLSearchParams' });
  setGlobal('URL', GuestURL);
  setGlobal('URLSearchParams', GuestURLSearchParams);
}

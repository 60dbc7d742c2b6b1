import { askText, asText, setLazyGlobal } from './core.ts';
import { buffers, fromBase64, toBase64 } from './text.ts';

type Bytes = Uint8Array & { toString: (encoding?: string) => string };

/** Runs one operation in the harness; bytes cross as base64. */
function run(operation: string, fields: Readonly<Record<string, unknown>>): Bytes {
  return fromBase64(askText('crypto', operation, JSON.stringify(fields)));
}

const asked = (bytes: Bytes, encoding: unknown): unknown => (encoding === undefined ? bytes : bytes.toString(asText(encoding)));

/** Text in the encoding that goes with it, or bytes, as base64. */
function input(value: unknown, encoding?: unknown): string {
  return typeof value === 'string' && encoding !== undefined
    ? buffers().Buffer.from(value, asText(encoding)).toString('base64')
    : toBase64(value);
}

class GuestHash {
  readonly #parts: string[] = [];
  readonly #digest: (parts: readonly string[]) => Bytes;
  constructor(digest: (parts: readonly string[]) => Bytes) {
    this.#digest = digest;
  }
  update(value: unknown, encoding?: unknown): this {
    this.#parts.push(input(value, encoding));
    return this;
  }
  digest(encoding?: unknown): unknown {
    return asked(this.#digest(this.#parts), encoding);
  }
}

/** Holds what it gets until `final`, as ciphers of a whole text do. */
class GuestCipher {
  readonly #parts: string[] = [];
  readonly #fields: Readonly<Record<string, unknown>>;
  #extra: Record<string, string> = {};
  #tag: Bytes | undefined;
  constructor(fields: Readonly<Record<string, unknown>>) {
    this.#fields = fields;
  }
  update(value: unknown, encoding?: unknown, output?: unknown): unknown {
    this.#parts.push(input(value, encoding));
    return output === undefined ? buffers().Buffer.from('') : '';
  }
  final(output?: unknown): unknown {
    const all = run('cipher', { ...this.#fields, ...this.#extra, parts: this.#parts });
    // The harness puts the tag of an authenticated cipher behind the text.
    const tagAt = all.length - 16;
    if (this.#fields['tagged'] === true && this.#fields['decrypt'] !== true) this.#tag = buffers().Buffer.from(all.slice(tagAt));
    return asked(this.#tag === undefined ? all : buffers().Buffer.from(all.slice(0, tagAt)), output);
  }
  setAAD(value: unknown): this {
    this.#extra['aad'] = toBase64(value);
    return this;
  }
  setAuthTag(value: unknown): this {
    this.#extra['tag'] = toBase64(value);
    return this;
  }
  getAuthTag(): Bytes | undefined {
    return this.#tag;
  }
}

const cipher = (decrypt: boolean) => (algorithm: unknown, key: unknown, iv: unknown) => {
  const name = String(algorithm).toLowerCase();
  return new GuestCipher({
    algorithm: name,
    key: toBase64(key),
    iv: iv === null || iv === undefined ? null : toBase64(iv),
    decrypt,
    tagged: /gcm|poly1305|ocb/.test(name),
  });
};

const randomBytes = (size: unknown): Bytes => run('random', { size: Number(size) });

function fillRandom<T>(view: T): T {
  if (!ArrayBuffer.isView(view)) throw new TypeError('getRandomValues takes a typed array');
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(randomBytes(view.byteLength));
  return view;
}

const hashName = (algorithm: unknown): string =>
  String(typeof algorithm === 'object' && algorithm !== null && 'name' in algorithm ? algorithm.name : algorithm)
    .toLowerCase()
    .replace('-', '');

/** `require('crypto')`: what code nodes use of it, computed by Node in the harness. */
export const cryptoModule = {
  createHash: (algorithm: unknown) => new GuestHash((parts) => run('hash', { algorithm: String(algorithm), parts })),
  createHmac: (algorithm: unknown, key: unknown) =>
    new GuestHash((parts) => run('hmac', { algorithm: String(algorithm), key: toBase64(key), parts })),
  createCipheriv: cipher(false),
  createDecipheriv: cipher(true),
  randomBytes,
  randomFillSync: fillRandom,
  getRandomValues: fillRandom,
  randomUUID: () => run('uuid', {}).toString('utf8'),
  randomInt: (low: number, high?: number) =>
    Number(run('randomInt', high === undefined ? { low: 0, high: low } : { low, high }).toString('utf8')),
  timingSafeEqual: (one: unknown, other: unknown) => run('equal', { one: toBase64(one), other: toBase64(other) })[0] === 1,
  pbkdf2Sync: (password: unknown, salt: unknown, ...[iterations, size, digest]: unknown[]) =>
    run('pbkdf2', { password: toBase64(password), salt: toBase64(salt), iterations, size, digest }),
  scryptSync: (password: unknown, salt: unknown, size: unknown) =>
    run('scrypt', { password: toBase64(password), salt: toBase64(salt), size }),
  createSign: (algorithm: unknown) => {
    const parts: string[] = [];
    return {
      update(value: unknown, encoding?: unknown) {
        parts.push(input(value, encoding));
        return this;
      },
      sign: (key: unknown, encoding?: unknown) => asked(run('sign', { algorithm, key, parts }), encoding),
    };
  },
  getHashes: () => ['md5', 'sha1', 'sha256', 'sha384', 'sha512', 'sha3-256', 'sha3-512'],
  subtle: {
    digest: async (algorithm: unknown, data: unknown) =>
      Uint8Array.from(run('hash', { algorithm: hashName(algorithm), parts: [toBase64(data)] })).buffer,
  },
};

/** Sets `crypto`. */
export function installCrypto(): void {
  setLazyGlobal('crypto', () => cryptoModule);
}

import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a server asks for digests (RFC 7616). */
export interface DigestServerOptions {
  readonly username: string;
  readonly password: string;
  /** Default `SHA-256`. */
  readonly algorithm?: 'MD5' | 'MD5-sess' | 'SHA-256' | 'SHA-256-sess' | 'SHA-512-256';
  /** What is offered; null: as before RFC 2617, without. Default `auth`. */
  readonly qop?: string | null;
  /** Requests that one nonce is good for; the next one is told that it is stale. Default no end. */
  readonly usesPerNonce?: number;
  /** Asks for the hash of the name. Default false. */
  readonly userhash?: boolean;
  /** Stands before its own challenge in the same header. */
  readonly before?: string;
}

/** A server that lets nobody in whose digest is not right, counts and all. */
export interface DigestServer {
  readonly origin: string;
  /** What became of the requests, the oldest first: `asked`, `stale`, `wrong`, `in`. */
  readonly seen: readonly string[];
  readonly stop: () => Promise<void>;
}

const REALM = 'The "library", 2nd floor';

function parametersOf(header: string): Readonly<Record<string, string>> {
  const pairs = [...header.matchAll(/([\w*]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)];
  return Object.fromEntries(pairs.map(([, name = '', quoted, bare = '']) => [name, quoted?.replaceAll(/\\(.)/g, '$1') ?? bare]));
}

/** Judges requests. */
class Judge {
  readonly #options: DigestServerOptions;
  /** Nonces that were given, and how often each was used. */
  readonly #nonces = new Map<string, number>();

  constructor(options: DigestServerOptions) {
    this.#options = options;
  }

  #hash(data: string | Buffer): string {
    const { algorithm = 'SHA-256' } = this.#options;
    const names = { 'SHA-512-256': 'sha512-256', 'SHA-256': 'sha256', MD5: 'md5' } as const;
    return createHash(names[algorithm.replace('-sess', '') as keyof typeof names])
      .update(data)
      .digest('hex');
  }

  challenge(isStale: boolean): string {
    const { algorithm = 'SHA-256', qop = 'auth', userhash, before } = this.#options;
    const nonce = randomBytes(12).toString('base64');
    this.#nonces.set(nonce, 0);
    const parts = [`realm="${REALM.replaceAll('"', '\\"')}"`, `nonce="${nonce}"`, 'opaque="5ccc"', `algorithm=${algorithm}`];
    if (qop !== null) parts.push(`qop="${qop}"`);
    if (isStale) parts.push('stale=true');
    if (userhash) parts.push('userhash=true');
    return `${before === undefined ? '' : `${before}, `}Digest ${parts.join(', ')}`;
  }

  /** What becomes of a request. */
  verdict({ method, url, headers }: IncomingMessage, body: Buffer): 'asked' | 'stale' | 'wrong' | 'in' {
    const { authorization = '' } = headers;
    if (!authorization.startsWith('Digest ')) return 'asked';
    const given = parametersOf(authorization);
    const used = this.#nonces.get(given['nonce'] ?? '');
    if (used === undefined) return 'stale';
    if (given['response'] !== this.#response(given, `${method}:${url}`, body)) return 'wrong';
    const { usesPerNonce = Infinity, qop = 'auth' } = this.#options;
    if (used >= usesPerNonce) return 'stale';
    // Counts of one nonce only grow: a request that is sent again as it was is nobody's.
    if (qop !== null && Number.parseInt(given['nc'] ?? '', 16) <= used) return 'wrong';
    this.#nonces.set(given['nonce'] ?? '', used + 1);
    return 'in';
  }

  #response(given: Readonly<Record<string, string>>, target: string, body: Buffer): string {
    const { username, password, algorithm = 'SHA-256', qop: offered = 'auth', userhash } = this.#options;
    const { nonce, nc, cnonce, qop, opaque, realm } = given;
    const extended = given['username*'] === undefined ? undefined : decodeURIComponent(given['username*'].replace("UTF-8''", ''));
    const name = userhash ? this.#hash(`${username}:${REALM}`) : username;
    const isPlain =
      name === (extended ?? given['username']) && realm === REALM && opaque === '5ccc' && `${target}`.endsWith(`:${given['uri']}`);
    if (!isPlain || (offered !== null && (qop === undefined || !offered.split(/, ?/).includes(qop)))) return 'nobody';
    const own = this.#hash(`${username}:${REALM}:${password}`);
    const a1 = algorithm.endsWith('-sess') ? this.#hash(`${own}:${nonce}:${cnonce}`) : own;
    const a2 = this.#hash(qop === 'auth-int' ? `${target}:${this.#hash(body)}` : target);
    return this.#hash(offered === null ? `${a1}:${nonce}:${a2}` : `${a1}:${nonce}:${nc}:${cnonce}:${qop}:${a2}`);
  }
}

/** Starts one on the loopback; who is let in gets `{ "id": "b1" }`. */
export async function startDigestServer(options: DigestServerOptions): Promise<DigestServer> {
  const judge = new Judge(options);
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const verdict = judge.verdict(request, Buffer.concat(chunks));
      seen.push(verdict);
      const challenge = verdict === 'in' ? {} : { 'www-authenticate': judge.challenge(verdict === 'stale') };
      response.writeHead(verdict === 'in' ? 200 : 401, { 'content-type': 'application/json', ...challenge });
      response.end(JSON.stringify(verdict === 'in' ? { id: 'b1' } : { message: 'not you' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

import { createHash } from 'node:crypto';
import type { UnsignedRequest } from '../request/build-request.ts';
import { challengesIn } from './challenges.ts';

/** What a service asked for (RFC 7616 §3.3). */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: (typeof ALGORITHMS)[number];
  readonly qop: 'auth' | 'auth-int' | null;
  readonly opaque: string | null;
  /** The nonce was right once: the same account may answer this one. */
  readonly isStale: boolean;
  /** The name goes as a hash (§3.4.4). */
  readonly hashesName: boolean;
}

/** The strongest first; `-sess` binds the password's hash to the challenge. */
const ALGORITHMS = ['SHA-512-256', 'SHA-512-256-sess', 'SHA-256', 'SHA-256-sess', 'MD5', 'MD5-sess'] as const;

function qopIn(offered: string | undefined): DigestChallenge['qop'] | undefined {
  if (offered === undefined) return null;
  const names = offered.split(',').map((one) => one.trim().toLowerCase());
  return (['auth', 'auth-int'] as const).find((one) => names.includes(one));
}

/** Reads the challenges of a `www-authenticate` header; the strongest algorithm wins. Null where there is none that is known. */
export function digestChallenge(header: string | undefined): DigestChallenge | null {
  const offers = challengesIn(header ?? '').filter(({ scheme }) => scheme === 'digest');
  for (const algorithm of ALGORITHMS) {
    for (const { parameters } of offers) {
      const { nonce, realm = '', opaque = null } = parameters;
      const qop = qopIn(parameters['qop']);
      if ((parameters['algorithm'] ?? 'MD5').toUpperCase() !== algorithm.toUpperCase() || nonce === undefined || qop === undefined)
        continue;
      const is = (name: string): boolean => parameters[name]?.toLowerCase() === 'true';
      return { realm, nonce, algorithm, qop, opaque, isStale: is('stale'), hashesName: is('userhash') };
    }
  }
  return null;
}

/** How one send answers a challenge. */
export interface DigestAnswer {
  readonly challenge: DigestChallenge;
  /** Ours, hex; the same for all answers to a challenge, as `-sess` asks for. */
  readonly cnonce: string;
  /** How many requests have answered this challenge, this one counted. */
  readonly count: number;
}

const HASHES = { 'SHA-512-256': 'sha512-256', 'SHA-256': 'sha256', MD5: 'md5' } as const;

function hashOf(algorithm: DigestChallenge['algorithm']): (data: string | Uint8Array) => string {
  const name = HASHES[algorithm.replace('-sess', '') as keyof typeof HASHES];
  return (data) => createHash(name).update(data).digest('hex');
}

function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** The name as a header can hold it: hashed where that is wanted, and with other signs than ASCII by RFC 5987. */
function nameParts(username: string, { realm, hashesName }: DigestChallenge, hash: (data: string) => string): readonly string[] {
  if (hashesName) return [`username=${quote(hash(`${username}:${realm}`))}`, 'userhash=true'];
  if (/^[\u0020-\u007e]*$/.test(username)) return [`username=${quote(username)}`];
  const encoded = encodeURIComponent(username).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return [`username*=UTF-8''${encoded}`];
}

/** The Authorization header that answers a challenge (RFC 7616 §3.4; without `qop`, RFC 2069). */
export function digestHeader(
  { method, url, body }: UnsignedRequest,
  { username, password }: { readonly username: string; readonly password: string },
  { challenge, cnonce, count }: DigestAnswer,
): string {
  const { realm, nonce, algorithm, qop, opaque } = challenge;
  const hash = hashOf(algorithm);
  const { pathname, search } = new URL(url);
  const uri = `${pathname}${search}`;
  const plain = hash(`${username}:${realm}:${password}`);
  const a1 = algorithm.endsWith('-sess') ? hash(`${plain}:${nonce}:${cnonce}`) : plain;
  const a2 = hash(qop === 'auth-int' ? `${method}:${uri}:${hash(body ?? '')}` : `${method}:${uri}`);
  const nc = count.toString(16).padStart(8, '0');
  const response = hash(qop === null ? `${a1}:${nonce}:${a2}` : `${a1}:${nonce}:${nc}:${cnonce}:${qop}:${a2}`);
  const parts = [
    ...nameParts(username, challenge, hash),
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(uri)}`,
    `algorithm=${algorithm}`,
    `response="${response}"`,
  ];
  if (qop !== null) parts.push(`qop=${qop}`, `nc=${nc}`, `cnonce="${cnonce}"`);
  if (opaque !== null) parts.push(`opaque=${quote(opaque)}`);
  return `Digest ${parts.join(', ')}`;
}

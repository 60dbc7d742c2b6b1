import { createHash } from 'node:crypto';
import type { UnsignedRequest } from '../request/build-request.ts';

/** What a service asked for (RFC 7616 §3.3). */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: 'MD5' | 'SHA-256' | 'MD5-sess' | 'SHA-256-sess';
  readonly qop: 'auth' | null;
  readonly opaque: string | null;
}

const ALGORITHMS = ['SHA-256', 'SHA-256-sess', 'MD5', 'MD5-sess'] as const;

/** Reads one challenge of a `www-authenticate` header; the strongest algorithm wins. Null where there is none that is known. */
export function digestChallenge(header: string | undefined): DigestChallenge | null {
  const offers = (header ?? '').split(/(?:^|,)\s*(?=Digest\s)/i).filter((part) => /^Digest\s/i.test(part));
  const read = offers.map((offer) =>
    Object.fromEntries(
      [...offer.matchAll(/([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/gi)].map(([, name = '', quoted, bare]) => [
        name.toLowerCase(),
        quoted ?? bare ?? '',
      ]),
    ),
  );
  for (const algorithm of ALGORITHMS) {
    const offer = read.find((one) => (one['algorithm'] ?? 'MD5').toUpperCase() === algorithm.toUpperCase());
    if (offer === undefined || offer['nonce'] === undefined) continue;
    const qop = (offer['qop'] ?? '').split(',').some((one) => one.trim() === 'auth') ? 'auth' : null;
    return { realm: offer['realm'] ?? '', nonce: offer['nonce'], algorithm, qop, opaque: offer['opaque'] ?? null };
  }
  return null;
}

/** The Authorization header that answers a challenge. */
export function digestHeader(
  { method, url }: UnsignedRequest,
  { username, password }: { readonly username: string; readonly password: string },
  { challenge, cnonce }: { readonly challenge: DigestChallenge; readonly cnonce: string },
): string {
  const { realm, nonce, algorithm, qop, opaque } = challenge;
  const digest = (text: string): string =>
    createHash(algorithm.startsWith('SHA') ? 'sha256' : 'md5')
      .update(text)
      .digest('hex');
  const { pathname, search } = new URL(url);
  const uri = `${pathname}${search}`;
  const plain = digest(`${username}:${realm}:${password}`);
  const a1 = algorithm.endsWith('-sess') ? digest(`${plain}:${nonce}:${cnonce}`) : plain;
  const a2 = digest(`${method}:${uri}`);
  const count = '00000001';
  const response = digest(qop === null ? `${a1}:${nonce}:${a2}` : `${a1}:${nonce}:${count}:${cnonce}:${qop}:${a2}`);
  const quote = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  const parts = [
    `username=${quote(username)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(uri)}`,
    `algorithm=${algorithm}`,
    `response="${response}"`,
  ];
  if (qop !== null) parts.push(`qop=${qop}`, `nc=${count}`, `cnonce="${cnonce}"`);
  if (opaque !== null) parts.push(`opaque=${quote(opaque)}`);
  return `Digest ${parts.join(', ')}`;
}

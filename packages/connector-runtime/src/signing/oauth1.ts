import { createHmac } from 'node:crypto';
import type { UnsignedRequest } from '../request/build-request.ts';

/** Percent-encoding of RFC 5849 §3.6: everything but unreserved signs. */
export function strictEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

interface Keys {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly token: string;
  readonly tokenSecret: string;
}

function formFieldsOf({ headers, body }: UnsignedRequest): readonly (readonly [string, string])[] {
  if (typeof body !== 'string' || !(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) return [];
  return [...new URLSearchParams(body)];
}

function baseString(request: UnsignedRequest, own: readonly (readonly [string, string])[]): string {
  const url = new URL(request.url);
  const pairs = [...url.searchParams, ...formFieldsOf(request), ...own].map(
    ([name, value]) => `${strictEncode(name)}=${strictEncode(value)}`,
  );
  // In order of the encoded bytes: names first, then values; "=" sorts before any sign that an encoded name holds but "-" and ".".
  const sorted = pairs
    .map((pair) => pair.split('=', 2))
    .toSorted(([a = '', b = ''], [c = '', d = '']) => (a === c ? compare(b, d) : compare(a, c)));
  return [request.method, `${url.origin}${url.pathname}`, sorted.map((pair) => pair.join('=')).join('&')].map(strictEncode).join('&');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The Authorization header of RFC 5849. */
export function oauth1Header(
  request: UnsignedRequest,
  { consumerKey, consumerSecret, token, tokenSecret }: Keys,
  { nowMs, nonce, method }: { readonly nowMs: number; readonly nonce: string; readonly method: 'HMAC-SHA1' | 'HMAC-SHA256' | 'PLAINTEXT' },
): string {
  const own: (readonly [string, string])[] = [
    ['oauth_consumer_key', consumerKey],
    ['oauth_nonce', nonce],
    ['oauth_signature_method', method],
    ['oauth_timestamp', String(Math.floor(nowMs / 1000))],
    ['oauth_version', '1.0'],
  ];
  if (token !== '') own.push(['oauth_token', token]);
  const key = `${strictEncode(consumerSecret)}&${strictEncode(tokenSecret)}`;
  const signature =
    method === 'PLAINTEXT'
      ? key
      : createHmac(method === 'HMAC-SHA1' ? 'sha1' : 'sha256', key)
          .update(baseString(request, own))
          .digest('base64');
  return `OAuth ${[...own, ['oauth_signature', signature] as const].map(([name, value]) => `${strictEncode(name)}="${strictEncode(value)}"`).join(', ')}`;
}

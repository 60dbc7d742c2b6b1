import { createHmac } from 'node:crypto';
import { hashHex } from '@millwright/core/hash';
import type { UnsignedRequest } from '../request/build-request.ts';
import { strictEncode } from './oauth1.ts';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

function hmac(key: string | Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function canonicalQuery(url: URL): string {
  const pairs = [...url.searchParams].map(([name, value]) => [strictEncode(name), strictEncode(value)] as const);
  return pairs
    .toSorted(([a, b], [c, d]) => (a === c ? (b < d ? -1 : 1) : a < c ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&');
}

/** S3 signs the path as it is sent; the others sign it encoded once more. */
function canonicalPath(url: URL, service: string): string {
  const decoded = url.pathname.split('/').map((one) => strictEncode(decodeURIComponent(one)));
  return service === 's3' ? decoded.join('/') : decoded.map(strictEncode).join('/');
}

/** AWS Signature Version 4 in the Authorization header: https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html */
export function signV4(
  request: UnsignedRequest,
  { accessKeyId, secretAccessKey, sessionToken }: Keys,
  { service, region, nowMs }: { readonly service: string; readonly region: string; readonly nowMs: number },
): UnsignedRequest {
  const url = new URL(request.url);
  const time = new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const day = time.slice(0, 8);
  const bodyHash = hashHex(request.body ?? '');
  const signed: Record<string, string> = {
    ...(request.headers['content-type'] === undefined ? {} : { 'content-type': request.headers['content-type'] }),
    host: url.host,
    ...(service === 's3' ? { 'x-amz-content-sha256': bodyHash } : {}),
    'x-amz-date': time,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  };
  for (const [name, value] of Object.entries(request.headers)) if (name.startsWith('x-amz-')) signed[name] ??= value;
  const names = Object.keys(signed).toSorted();
  const lines = names.map((name) => `${name}:${(signed[name] ?? '').trim().replaceAll(/ +/g, ' ')}\n`).join('');
  const canonical = [request.method, canonicalPath(url, service), canonicalQuery(url), lines, names.join(';'), bodyHash].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const key = [day, region, service, 'aws4_request'].reduce<string | Uint8Array>(
    (before, part) => hmac(before, part),
    `AWS4${secretAccessKey}`,
  );
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, hashHex(canonical)].join('\n')).toString('hex');
  const { host: _, ...sent } = signed;
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...request, headers: { ...request.headers, ...sent, authorization } };
}

import { createHash, createHmac } from 'node:crypto';
import type { HmacAuth } from '@millwright/node-sdk';
import type { UnsignedRequest } from '../request/build-request.ts';
import { fillHeaders, fillToText } from '../request/fill.ts';

interface Moment {
  readonly nowMs: number;
  readonly nonce: string;
  readonly secret: string;
  readonly fields: Readonly<Record<string, string>>;
}

function timestampOf(nowMs: number, as: HmacAuth['timestamp']): string {
  if (as === 'iso') return new Date(nowMs).toISOString();
  return String(as === 'ms' ? nowMs : Math.floor(nowMs / 1000));
}

/** A request signed with a shared secret over the parts that the connector names. */
export function signHmac(request: UnsignedRequest, auth: HmacAuth, { nowMs, nonce, secret, fields }: Moment): UnsignedRequest {
  const { pathname, search, href } = new URL(request.url);
  const open = Object.fromEntries(auth.fields.filter((one) => !one.secret).map(({ name }) => [name, fields[name] ?? '']));
  const body = request.body ?? '';
  const scope = {
    ...open,
    method: request.method,
    url: href,
    path: pathname,
    query: search.slice(1),
    body: typeof body === 'string' ? body : Buffer.from(body).toString('latin1'),
    bodyHash: createHash(auth.algorithm).update(body).digest('hex'),
    timestamp: timestampOf(nowMs, auth.timestamp),
    nonce,
  };
  const over = fillToText(auth.over, scope);
  const signature = createHmac(auth.algorithm, secret)
    .update(over, typeof body === 'string' ? 'utf8' : 'latin1')
    .digest(auth.encoding);
  return { ...request, headers: { ...request.headers, ...fillHeaders(auth.headers, { ...scope, signature }) } };
}

import { createHmac, createPrivateKey, randomUUID, sign } from 'node:crypto';
import { UserError } from '@millwright/core';
import type { JwtAuth } from '@millwright/node-sdk';
import { renderText, type TemplateScope } from '../template.ts';
import type { AcquirePorts } from './acquire.ts';
import { exchangeToken, plainToken } from './exchange.ts';
import type { TokenAnswer } from './token-answer.ts';

/** Clocks of services may be behind ours by this, in seconds. */
const SKEW_S = 10;

function encoded(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/** @throws UserError `credential_key_invalid`: nothing of the key is repeated */
function signature(algorithm: JwtAuth['algorithm'], key: string, signed: string): Buffer {
  try {
    if (algorithm === 'HS256') return createHmac('sha256', key).update(signed).digest();
    // Keys out of environment variables and forms often have their line breaks written out.
    const privateKey = createPrivateKey(key.includes('\\n') && !key.includes('\n') ? key.replaceAll('\\n', '\n') : key);
    return sign('sha256', Buffer.from(signed), algorithm === 'ES256' ? { key: privateKey, dsaEncoding: 'ieee-p1363' } : privateKey);
  } catch {
    throw new UserError('unprocessable', {
      code: 'credential_key_invalid',
      message: 'The private key cannot be read.',
      hint: 'Paste the whole key, with its lines -----BEGIN PRIVATE KEY----- and -----END PRIVATE KEY-----.',
    });
  }
}

/** Signs an assertion (RFC 7523). @throws UserError `credential_key_invalid`, `credential_field_missing` */
function assertionOf(auth: JwtAuth, scope: TemplateScope, nowS: number): string {
  const claims = Object.fromEntries(Object.entries(auth.claims).map(([name, value]) => [name, renderText(value, scope)]));
  const scopes = auth.scopes === undefined || auth.scopes.length === 0 ? {} : { scope: auth.scopes.join(' ') };
  const times = { iat: nowS - SKEW_S, exp: nowS + auth.lifetimeS, jti: randomUUID() };
  const keyId = auth.keyId === undefined ? {} : { kid: renderText(auth.keyId, scope) };
  const signed = `${encoded({ alg: auth.algorithm, typ: 'JWT', ...keyId })}.${encoded({ ...scopes, ...claims, ...times })}`;
  return `${signed}.${signature(auth.algorithm, scope['fields.privateKey'] ?? '', signed).toString('base64url')}`;
}

/** The token of a service account: a signed assertion, or what it is exchanged for. @throws as `assertionOf`, `exchangeToken` */
export async function jwtToken(
  ports: AcquirePorts,
  { auth, scope }: { readonly auth: JwtAuth; readonly scope: TemplateScope },
): Promise<TokenAnswer> {
  const nowMs = ports.clock.nowMs();
  const assertion = assertionOf(auth, scope, Math.floor(nowMs / 1000));
  if (auth.exchange !== undefined) return exchangeToken(ports, auth.exchange, { ...scope, assertion });
  return plainToken(assertion, nowMs + auth.lifetimeS * 1000, nowMs);
}

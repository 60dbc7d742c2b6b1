import { ConnectorError, unreachable } from '@millwright/core';
import type { ClientCertificate } from '@millwright/egress';
import type { AuthSpec, TokenPlace } from '@millwright/node-sdk';
import type { LentCredential } from '../lender.ts';
import type { UnsignedRequest } from '../request/build-request.ts';
import { digestHeader, type DigestAnswer } from './digest.ts';
import { signHmac } from './hmac.ts';
import { oauth1Header } from './oauth1.ts';
import { signV4 } from './sig-v4.ts';
import { withOpenFields } from './with-open-fields.ts';

/** What a signature takes beside request and credential. */
export interface SigningMoment {
  /** The machine's time, put right by the service's where they differ. */
  readonly nowMs: number;
  /** Gives a random text, hex. Called only by the kinds that need one. */
  readonly nonce: () => string;
  /** How the service's challenge is answered, once it sent one. */
  readonly digest?: DigestAnswer;
}

function field({ fields, credentialId }: LentCredential, name: string): string {
  const value = fields[name];
  if (value !== undefined && value !== '') return value;
  throw new ConnectorError('auth', {
    code: 'credential_incomplete',
    message: `the credential has no "${name}"`,
    hint: 'Open the connection and fill it in.',
    details: { credentialId, field: name, sent: false },
  });
}

function withHeader(request: UnsignedRequest, name: string, value: string): UnsignedRequest {
  return { ...request, headers: { ...request.headers, [name.toLowerCase()]: value } };
}

function withQuery(request: UnsignedRequest, name: string, value: string): UnsignedRequest {
  const url = new URL(request.url);
  url.searchParams.set(name, value);
  return { ...request, url: url.href };
}

function place(request: UnsignedRequest, token: string, at: TokenPlace): UnsignedRequest {
  const value = `${at.prefix ?? ''}${token}`;
  return at.in === 'query' ? withQuery(request, at.name, value) : withHeader(request, at.name, value);
}

const BEARER: TokenPlace = { in: 'header', name: 'authorization', prefix: 'Bearer ' };

function placeToken(request: UnsignedRequest, lent: LentCredential, at: TokenPlace = BEARER): UnsignedRequest {
  if (lent.token !== undefined) return place(request, lent.token.accessToken, at);
  throw new ConnectorError('auth', {
    code: 'credential_reconnect',
    message: 'the credential holds no token',
    hint: 'Reconnect it.',
    details: { credentialId: lent.credentialId, sent: false },
  });
}

function placeKey(request: UnsignedRequest, lent: LentCredential, auth: Extract<AuthSpec, { kind: 'apiKey' }>): UnsignedRequest {
  const key = field(lent, 'key');
  if (auth.in !== 'cookie')
    return place(request, key, { in: auth.in, name: auth.name, ...(auth.prefix === undefined ? {} : { prefix: auth.prefix }) });
  const { cookie } = request.headers;
  return withHeader(request, 'cookie', `${cookie === undefined ? '' : `${cookie}; `}${auth.name}=${auth.prefix ?? ''}${key}`);
}

function signDigest(request: UnsignedRequest, lent: LentCredential, { digest }: SigningMoment): UnsignedRequest {
  const account = { username: field(lent, 'username'), password: lent.fields['password'] ?? '' };
  return digest === undefined ? request : withHeader(request, 'authorization', digestHeader(request, account, digest));
}

function signBasic(request: UnsignedRequest, lent: LentCredential): UnsignedRequest {
  // Either may be empty where the service says so: a key as user name, for one.
  const { username = '', password = '' } = lent.fields;
  if (username === '' && password === '') field(lent, 'username');
  return withHeader(request, 'authorization', `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`);
}

/**
 * Signs a request: the same input always gives the same output.
 * @throws ConnectorError `auth` when the credential lacks something; nothing was sent
 */
export function sign(request: UnsignedRequest, given: LentCredential, moment: SigningMoment): UnsignedRequest {
  const lent = { ...given, auth: withOpenFields(given) };
  const { auth } = lent;
  switch (auth.kind) {
    case 'none':
    // Shown by the socket, not by the request: see `certificateOf`.
    case 'mtls':
      return request;
    case 'apiKey':
      return placeKey(request, lent, auth);
    case 'basic':
      return signBasic(request, lent);
    case 'bearer':
      return withHeader(request, 'authorization', `${auth.scheme ?? 'Bearer'} ${field(lent, 'token')}`);
    case 'digest':
      return signDigest(request, lent, moment);
    case 'oauth1':
      return withHeader(
        request,
        'authorization',
        oauth1Header(request, oauth1Keys(lent), { nowMs: moment.nowMs, nonce: moment.nonce(), method: auth.signature }),
      );
    case 'oauth2':
    case 'clientCredentials':
    case 'deviceCode':
    case 'jwt':
    case 'exchange':
      return placeToken(request, lent, auth.place);
    case 'sigV4': {
      const sessionToken = lent.fields['sessionToken'];
      const keys = {
        accessKeyId: field(lent, 'accessKeyId'),
        secretAccessKey: field(lent, 'secretAccessKey'),
        ...(sessionToken ? { sessionToken } : {}),
      };
      return signV4(request, keys, { service: auth.service, region: auth.region ?? field(lent, 'region'), nowMs: moment.nowMs });
    }
    case 'hmac':
      return signHmac(request, auth, { nowMs: moment.nowMs, nonce: moment.nonce(), secret: field(lent, 'secret'), fields: lent.fields });
    default:
      return unreachable(auth);
  }
}

function oauth1Keys(lent: LentCredential) {
  return {
    consumerKey: field(lent, 'consumerKey'),
    consumerSecret: field(lent, 'consumerSecret'),
    token: lent.token?.accessToken ?? lent.fields['accessToken'] ?? '',
    tokenSecret: lent.fields['tokenSecret'] ?? '',
  };
}

/** What the socket shows; undefined for kinds that sign the request. @throws as `sign` */
export function certificateOf(lent: LentCredential): ClientCertificate | undefined {
  if (lent.auth.kind !== 'mtls') return undefined;
  const { passphrase = '', ca = '' } = lent.fields;
  return {
    certificate: field(lent, 'certificate'),
    privateKey: field(lent, 'privateKey'),
    ...(passphrase === '' ? {} : { passphrase }),
    ...(ca === '' ? {} : { ca }),
  };
}

/** Whether a signature of this kind holds the time, so that a wrong clock breaks it. */
export function isTimed({ kind }: AuthSpec): boolean {
  return kind === 'oauth1' || kind === 'sigV4' || kind === 'hmac';
}

import type {
  ApiKeyAuth,
  BasicAuth,
  BearerAuth,
  ClientCredentialsAuth,
  DeviceCodeAuth,
  DigestAuth,
  ExchangeAuth,
  HmacAuth,
  JwtAuth,
  MtlsAuth,
  NoAuth,
  OAuth1Auth,
  OAuth2Auth,
  SigV4Auth,
} from './auth.ts';
import { openField, secretField, type CredentialField } from './credential-field.ts';

/** What an author writes: the label may be left out; `fields` are added to the kind's own, and replace those of the same name. */
type Written<A, Optional extends keyof A = never> = Omit<A, 'kind' | 'label' | 'fields' | Optional> &
  Partial<Pick<A, Optional>> & { readonly label?: string; readonly fields?: readonly CredentialField[] };

function merged(own: readonly CredentialField[], added: readonly CredentialField[] = []): readonly CredentialField[] {
  const names = new Set(added.map(({ name }) => name));
  return [...own.filter(({ name }) => !names.has(name)), ...added];
}

const CLIENT = [openField('clientId', 'Client ID'), secretField('clientSecret', 'Client secret')];
const SIGN_IN = [openField('username', 'User name'), secretField('password', 'Password')];

/** Requests are not signed. */
export function none(): NoAuth {
  return { kind: 'none', label: 'No sign-in', fields: [] };
}

/** One secret in a header, the query or a cookie. */
export function apiKey(spec: Written<ApiKeyAuth>): ApiKeyAuth {
  return { label: 'API key', ...spec, kind: 'apiKey', fields: merged([secretField('key', spec.label ?? 'API key')], spec.fields) };
}

/** User name and password. */
export function basic(spec: Written<BasicAuth> = {}): BasicAuth {
  return { label: 'User name and password', ...spec, kind: 'basic', fields: merged(SIGN_IN, spec.fields) };
}

/** A token that people paste. */
export function bearer(spec: Written<BearerAuth> = {}): BearerAuth {
  return {
    label: 'Access token',
    ...spec,
    kind: 'bearer',
    fields: merged([secretField('token', spec.label ?? 'Access token')], spec.fields),
  };
}

/** Digest access authentication. */
export function digest(spec: Written<DigestAuth> = {}): DigestAuth {
  return { label: 'User name and password (digest)', ...spec, kind: 'digest', fields: merged(SIGN_IN, spec.fields) };
}

/** OAuth 1.0a. */
export function oauth1(spec: Written<OAuth1Auth, 'signature'> = {}): OAuth1Auth {
  const isTyped = spec.threeLegged === undefined;
  const consumer = [openField('consumerKey', 'Consumer key'), secretField('consumerSecret', 'Consumer secret')];
  const tokens = [openField('accessToken', 'Access token'), secretField('tokenSecret', 'Token secret')];
  const fields = merged(isTyped ? [...consumer, ...tokens] : consumer, spec.fields);
  return { label: 'OAuth 1.0a', signature: 'HMAC-SHA1', ...spec, kind: 'oauth1', fields };
}

/** Sign-in in the vendor's window. The client comes from the instance; fields are only what the URLs need, a subdomain for one. */
export function oauth2(spec: Written<OAuth2Auth, 'pkce' | 'scopes'>): OAuth2Auth {
  return { label: 'Sign in', pkce: true, scopes: [], ...spec, kind: 'oauth2', fields: merged([], spec.fields) };
}

/** A client that acts for itself. */
export function clientCredentials(spec: Written<ClientCredentialsAuth, 'scopes'>): ClientCredentialsAuth {
  return { label: 'Client credentials', scopes: [], ...spec, kind: 'clientCredentials', fields: merged(CLIENT, spec.fields) };
}

/** Sign-in by a code that is typed on another screen. */
export function deviceCode(spec: Written<DeviceCodeAuth, 'scopes'>): DeviceCodeAuth {
  const [clientId = openField('clientId', 'Client ID')] = CLIENT;
  return { label: 'Device code', scopes: [], ...spec, kind: 'deviceCode', fields: merged([clientId], spec.fields) };
}

/** A service account's key signs assertions. */
export function jwt(spec: Written<JwtAuth, 'lifetimeS' | 'algorithm'>): JwtAuth {
  const key = secretField('privateKey', 'Private key', { multiline: true });
  return { label: 'Service account', algorithm: 'RS256', lifetimeS: 300, ...spec, kind: 'jwt', fields: merged([key], spec.fields) };
}

/** Secrets that are exchanged for a session token. `fields` is required: nothing is known of them. */
export function exchange(spec: Written<ExchangeAuth> & { readonly fields: readonly CredentialField[] }): ExchangeAuth {
  return { label: 'Sign-in with exchange', ...spec, kind: 'exchange', fields: spec.fields };
}

/** AWS Signature Version 4. */
export function sigV4(spec: Written<SigV4Auth>): SigV4Auth {
  const keys = [openField('accessKeyId', 'Access key ID'), secretField('secretAccessKey', 'Secret access key')];
  const session = secretField('sessionToken', 'Session token', { required: false });
  const region = spec.region === undefined ? [openField('region', 'Region', { placeholder: 'eu-central-1' })] : [];
  return { label: 'AWS access key', ...spec, kind: 'sigV4', fields: merged([...keys, ...region, session], spec.fields) };
}

/** Requests signed with a shared secret. */
export function hmacSigned(spec: Written<HmacAuth, 'algorithm' | 'encoding'>): HmacAuth {
  const fields = merged([secretField('secret', 'Signing secret')], spec.fields);
  return { label: 'Signing secret', algorithm: 'sha256', encoding: 'hex', ...spec, kind: 'hmac', fields };
}

const PEM = { multiline: true, placeholder: '-----BEGIN …' } as const;

/** A client certificate, shown when TLS begins. */
export function mtls(spec: Written<MtlsAuth> = {}): MtlsAuth {
  const fields = [
    secretField('certificate', 'Certificate', {
      ...PEM,
      description: 'In PEM; behind it, those between it and its authority.',
    }),
    secretField('privateKey', 'Private key', { ...PEM, description: 'In PEM.' }),
    secretField('passphrase', 'Passphrase', { required: false, description: 'Where the key is locked by one.' }),
    secretField('ca', 'Certificate authority', {
      ...PEM,
      required: false,
      description: 'In PEM, where no public authority signed the certificate of the service.',
    }),
  ];
  return { label: 'Client certificate', ...spec, kind: 'mtls', fields: merged(fields, spec.fields) };
}

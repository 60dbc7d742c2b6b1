import type { CredentialField, TokenPlace } from './credential-field.ts';

interface AuthBase {
  /** What people call it: "Private app token". */
  readonly label: string;
  /** Hosts that may get the secret: `api.example.com`, `*.example.com`. Default: the connector's. */
  readonly hosts?: readonly string[];
  /** What a person types in. Templates of the same connector read those that are not secret as `{{auth.<name>}}`. */
  readonly fields: readonly CredentialField[];
}

/** No credential. */
export interface NoAuth extends AuthBase {
  readonly kind: 'none';
}

/** One secret text (field `key`) in a header, the query or a cookie. */
export interface ApiKeyAuth extends AuthBase {
  readonly kind: 'apiKey';
  readonly in: 'header' | 'query' | 'cookie';
  readonly name: string;
  /** Before the key, with its space: `Token `. Default none. */
  readonly prefix?: string;
}

/** RFC 7617; fields `username`, `password`. */
export interface BasicAuth extends AuthBase {
  readonly kind: 'basic';
}

/** RFC 6750; field `token`. */
export interface BearerAuth extends AuthBase {
  readonly kind: 'bearer';
  /** The scheme's word. Default `Bearer`. */
  readonly scheme?: string;
}

/** RFC 7616; fields `username`, `password`. The first request of a call asks for the challenge. */
export interface DigestAuth extends AuthBase {
  readonly kind: 'digest';
}

/** RFC 5849; fields `consumerKey`, `consumerSecret`; `accessToken`, `tokenSecret` typed in or got by the three-legged way. */
export interface OAuth1Auth extends AuthBase {
  readonly kind: 'oauth1';
  readonly signature: 'HMAC-SHA1' | 'HMAC-SHA256' | 'PLAINTEXT';
  /** Absent: the tokens are typed in. */
  readonly threeLegged?: { readonly requestTokenUrl: string; readonly authorizeUrl: string; readonly accessTokenUrl: string };
}

/** How a token is got and used, the same for each way that ends in one. */
export interface TokenAuthBase extends AuthBase {
  /** Templates over the fields that are not secret; absolute, https. */
  readonly tokenUrl: string;
  readonly scopes: readonly string[];
  /** Between scopes. Default a space. */
  readonly scopeSeparator?: string;
  /** Where the client's id and secret go. Default `basic`. */
  readonly tokenAuth?: 'basic' | 'body';
  /** More parameters of the token request, `audience` for one. Default none. */
  readonly tokenParams?: Readonly<Record<string, string>>;
  /** Fields of the token answer that templates may read as `{{auth.<name>}}`: `instance_url`. Never secrets. Default none. */
  readonly keepTokenFields?: readonly string[];
  /** Seconds that a token lives when the answer does not say. Absent: until the service says 401. */
  readonly expiresInS?: number;
  /** Default the Authorization header with `Bearer `. */
  readonly place?: TokenPlace;
}

/** RFC 6749 §4.1, the authorization code. The client's id and secret are the instance's, or fields `clientId`, `clientSecret`. */
export interface OAuth2Auth extends TokenAuthBase {
  readonly kind: 'oauth2';
  readonly authorizeUrl: string;
  /** RFC 7009. Absent: nothing is revoked there. */
  readonly revokeUrl?: string;
  /** Refreshes elsewhere than `tokenUrl`. */
  readonly refreshUrl?: string;
  /** RFC 7636, S256. Default true. */
  readonly pkce: boolean;
  /** More parameters of the authorization request: `access_type: 'offline'`, `prompt: 'consent'`. Default none. */
  readonly extraParams?: Readonly<Record<string, string>>;
  /** Each refresh gives a new refresh token and ends the old one. Default false. */
  readonly rotates?: boolean;
  /** Where people register the client, and what they must enter there. */
  readonly console?: { readonly url: string; readonly notes?: string };
}

/** RFC 6749 §4.4; fields `clientId`, `clientSecret`. */
export interface ClientCredentialsAuth extends TokenAuthBase {
  readonly kind: 'clientCredentials';
}

/** RFC 8628; field `clientId`, and `clientSecret` where the service wants it. */
export interface DeviceCodeAuth extends TokenAuthBase {
  readonly kind: 'deviceCode';
  readonly deviceUrl: string;
}

/** RFC 7523: a signed assertion that is exchanged for a token, or is the token itself. Fields `privateKey` (PEM) and those that the claims name. */
export interface JwtAuth extends AuthBase {
  readonly kind: 'jwt';
  readonly algorithm: 'RS256' | 'ES256' | 'HS256';
  /** Claims as templates over fields; `iat` and `exp` are added. */
  readonly claims: Readonly<Record<string, string>>;
  /** Of the header, as a template over fields. */
  readonly keyId?: string;
  /** Seconds that an assertion lives. Default 300. */
  readonly lifetimeS: number;
  /** Absent: the assertion itself is sent as the token. */
  readonly exchange?: TokenExchange;
  readonly scopes?: readonly string[];
  readonly place?: TokenPlace;
}

/** One request whose answer holds a token. Fields, secret ones too, are read as `{{fields.<name>}}`; an assertion as `{{assertion}}`. */
export interface TokenExchange {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly as: 'form' | 'json'; readonly values: Readonly<Record<string, string>> };
  /** Path in the answer: `body.access_token`, `header.x-token`. */
  readonly token: string;
  /** Path of the seconds that it lives, or of the time when it ends. Absent: until 401. */
  readonly expiresIn?: string;
  readonly expiresAt?: string;
}

/** Two steps: secrets are exchanged for a session token, which goes into requests. */
export interface ExchangeAuth extends AuthBase {
  readonly kind: 'exchange';
  readonly exchange: TokenExchange;
  readonly place?: TokenPlace;
}

/** AWS Signature Version 4; fields `accessKeyId`, `secretAccessKey`, `region`, and `sessionToken` where there is one. */
export interface SigV4Auth extends AuthBase {
  readonly kind: 'sigV4';
  readonly service: string;
  /** Absent: the field `region`. */
  readonly region?: string;
}

/** Each request is signed with a shared secret (field `secret`; others as the parts name them). */
export interface HmacAuth extends AuthBase {
  readonly kind: 'hmac';
  readonly algorithm: 'sha1' | 'sha256' | 'sha512';
  /** What is signed, over `method`, `url`, `path`, `query`, `body`, `bodyHash`, `timestamp`, `nonce` and fields that are not secret: `{{timestamp}}{{method}}{{path}}{{body}}`. */
  readonly over: string;
  readonly encoding: 'hex' | 'base64';
  /** Headers that are added, over the same and `signature`. */
  readonly headers: Readonly<Record<string, string>>;
  /** `timestamp` in. Default `s`. */
  readonly timestamp?: 's' | 'ms' | 'iso';
}

/** A client certificate (RFC 8446 §4.4.2); fields `certificate`, `privateKey`, `passphrase`, `ca`, all PEM but the passphrase. */
export interface MtlsAuth extends AuthBase {
  readonly kind: 'mtls';
}

/** How requests are signed: plain data. */
export type AuthSpec =
  | NoAuth
  | ApiKeyAuth
  | BasicAuth
  | BearerAuth
  | DigestAuth
  | OAuth1Auth
  | OAuth2Auth
  | ClientCredentialsAuth
  | DeviceCodeAuth
  | JwtAuth
  | ExchangeAuth
  | SigV4Auth
  | HmacAuth
  | MtlsAuth;

import type { Egress, EgressResponse } from '@millwright/egress';
import type { TokenAuthBase } from '@millwright/node-sdk';

/** How long a token endpoint may take, in ms: less than a transaction that holds the credential's row may. */
const TIMEOUT_MS = 10_000;
const MAX_BYTES = 256 * 1024;

/** Who asks for a token. */
export interface OauthClient {
  readonly clientId: string;
  /** Null for public clients. */
  readonly clientSecret: string | null;
}

/** One request to a token, device or revocation endpoint. */
export interface TokenRequest {
  readonly url: URL;
  readonly client: OauthClient;
  readonly tokenAuth: TokenAuthBase['tokenAuth'];
  readonly params: Readonly<Record<string, string | undefined>>;
}

/** As RFC 6749 §2.3.1 has it: both are form-encoded before they are joined. */
function basicOf({ clientId, clientSecret }: OauthClient): string {
  const encode = (text: string): string => new URLSearchParams({ a: text }).toString().slice(2);
  return `Basic ${Buffer.from(`${encode(clientId)}:${encode(clientSecret ?? '')}`).toString('base64')}`;
}

/** Sends a form with the client's sign-in. @throws as `Egress.request` */
export async function requestToken(egress: Pick<Egress, 'request'>, request: TokenRequest): Promise<EgressResponse> {
  const { client, tokenAuth = 'basic', params, url } = request;
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== undefined && value !== '') form.set(name, value);
  const isBasic = tokenAuth === 'basic' && client.clientSecret !== null;
  if (!isBasic) form.set('client_id', client.clientId);
  if (!isBasic && client.clientSecret !== null) form.set('client_secret', client.clientSecret);
  return egress.request({
    method: 'POST',
    url: url.href,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...(isBasic ? { authorization: basicOf(client) } : {}),
    },
    body: form.toString(),
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    maxRedirects: 0,
  });
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

/** A real OpenID Connect provider in this process, on the loopback. */
export interface OidcServer {
  /** Its issuer: `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly host: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Walks the authorization as a person's browser does, and gives the address that it is sent back to. */
  readonly consent: (authorizeUrl: string, answer: 'allow' | 'deny', account?: string) => Promise<URL>;
  /** Types a device's code in, and agrees. */
  readonly enterCode: (verificationUrl: string, userCode: string, account?: string) => Promise<void>;
  /** Ends an account's grants, as when a person removes the app there. */
  readonly revoke: () => void;
  /** Requests that came to the token endpoint, by grant type. */
  readonly tokenRequests: (grantType: string) => number;
  /** The next answers of the token endpoint are this status and body instead. */
  readonly failNext: (status: number, body: string, times?: number) => void;
  /** Answers of the token endpoint take this long from now on, so that requests meet. */
  readonly slowDown: (ms: number) => void;
  readonly stop: () => Promise<void>;
}

/** How it is made. */
export interface OidcOptions {
  readonly redirectUris: readonly string[];
  /** Seconds that an access token lives. Default 3,600. */
  readonly accessTokenS?: number;
}

const CLIENT_ID = 'millwright-tests';
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

function configurationOf(options: OidcOptions, secret: string): Configuration {
  return {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: secret,
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials', DEVICE_GRANT],
        redirect_uris: [...options.redirectUris],
        response_types: ['code'],
      },
    ],
    findAccount: (_ctx: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@example.com` }) }),
    claims: { openid: ['sub'], email: ['email'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['tests'] },
    ttl: {
      AccessToken: options.accessTokenS ?? 3600,
      ClientCredentials: options.accessTokenS ?? 3600,
      AuthorizationCode: 60,
      DeviceCode: 600,
      Grant: 86_400,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: 86_400,
      Session: 86_400,
    },
    rotateRefreshToken: true,
    issueRefreshToken: () => Promise.resolve(true),
    scopes: ['openid', 'email', 'offline_access', 'api'],
    features: {
      devInteractions: { enabled: true },
      deviceFlow: { enabled: true },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      introspection: { enabled: true },
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** A browser without scripts: keeps cookies, follows redirects by hand. */
class Browser {
  readonly #jar = new Map<string, string>();

  async open(url: URL, form?: Readonly<Record<string, string>>): Promise<Response> {
    const cookie = [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie, ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }) },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form).toString() }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      this.#jar.set(name, value);
    }
    return response;
  }

  /** Follows redirects within the provider. @returns the page that it ends at, or the address outside that it is sent to */
  async follow(response: Response, base: URL): Promise<{ readonly at: URL; readonly page: string | null }> {
    let [current, at] = [response, base];
    for (let hops = 0; hops < 20; hops++) {
      const location = current.headers.get('location');
      if (location === null) return { at, page: await current.text() };
      at = new URL(location, at);
      if (at.origin !== base.origin) return { at, page: null };
      current = await this.open(at);
    }
    throw new Error('the provider redirects for ever');
  }

  /** Signs in and answers the consent, as often as it is asked. */
  async agree(start: { readonly at: URL; readonly page: string | null }, account: string, answer: 'allow' | 'deny'): Promise<typeof start> {
    let now = start;
    for (let asked = 0; asked < 5 && now.page !== null; asked++) {
      const { at, page } = now;
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
      if (prompt === undefined) return now;
      if (answer === 'deny') return this.follow(await this.open(new URL(`${at.href}/abort`)), at);
      const form = prompt === 'login' ? { prompt, login: account, password: 'x' } : { prompt };
      now = await this.follow(await this.open(at, form), at);
    }
    return now;
  }
}

/** Starts a provider with one client, refresh rotation, revocation, device codes and client credentials. */
export async function startOidcServer(options: OidcOptions): Promise<OidcServer> {
  const secret = `secret-of-${CLIENT_ID}-0123456789`;
  const counts = new Map<string, number>();
  const failures: { readonly status: number; readonly body: string }[] = [];
  let isRevoked = false;
  let delayMs = 0;
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `http://${host}`;
  const provider = new Provider(url, configurationOf(options, secret));
  provider.on('server_error', () => undefined);
  const handle = provider.callback();
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url !== '/token') return handle(request, response);
    const body = await bodyOf(request);
    const grantType = new URLSearchParams(body).get('grant_type') ?? '';
    counts.set(grantType, (counts.get(grantType) ?? 0) + 1);
    // A new consent is a new grant: only those before were revoked.
    if (grantType === 'authorization_code') isRevoked = false;
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    const failure =
      failures.shift() ?? (isRevoked && grantType === 'refresh_token' ? { status: 400, body: '{"error":"invalid_grant"}' } : null);
    // The provider takes a body that was read already.
    if (failure === null) return handle(Object.assign(request, { body }), response);
    response.writeHead(failure.status, { 'content-type': 'application/json' }).end(failure.body);
    return undefined;
  };
  server.on('request', (request, response) => void serve(request, response));
  return {
    url,
    host,
    clientId: CLIENT_ID,
    clientSecret: secret,
    consent: async (authorizeUrl, answer, account = 'ana') => {
      const browser = new Browser();
      const start = new URL(authorizeUrl);
      const { at } = await browser.agree(await browser.follow(await browser.open(start), start), account, answer);
      return at;
    },
    enterCode: async (verificationUrl, userCode, account = 'ana') => {
      const browser = new Browser();
      const start = new URL(verificationUrl);
      const page = await (await browser.open(start)).text();
      const xsrf = /name="xsrf" value="(\w+)"/.exec(page)?.[1] ?? '';
      const device = new URL('/device', url);
      const posted = await browser.follow(await browser.open(device, { xsrf, user_code: userCode, confirm: 'yes' }), device);
      await browser.agree(posted, account, 'allow');
    },
    revoke: () => {
      isRevoked = true;
    },
    tokenRequests: (grantType) => counts.get(grantType) ?? 0,
    failNext: (status, body, times = 1) => failures.push(...Array.from({ length: times }, () => ({ status, body }))),
    slowDown: (ms) => {
      delayMs = ms;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

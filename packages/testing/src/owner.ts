import { createClient, type Client } from '@millwright/client';

/** Somebody signed in, with a client that carries the session. */
export interface SignedIn {
  readonly client: Client;
  /** The `Cookie` header of the session. */
  readonly cookie: string;
  readonly email: string;
  readonly password: string;
}

/** A fetch that keeps cookies, as a browser does. */
function withCookies(jar: Map<string, string>): typeof globalThis.fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(input, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  };
}

/** Creates the first owner of a fresh product and signs in. */
export async function createOwner(product: { readonly url: string }): Promise<SignedIn> {
  const jar = new Map<string, string>();
  const client = createClient({ baseUrl: product.url, fetch: withCookies(jar), headers: { origin: product.url } });
  const email = 'ana@example.com';
  const password = 'correct horse battery staple';
  await client.setup.create({
    body: { name: 'Ana Owner', email, password, workspaceName: 'Acme', timezone: 'Europe/Berlin', language: 'en' },
  });
  return { client, email, password, cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') };
}

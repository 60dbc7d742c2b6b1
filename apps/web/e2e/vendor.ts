import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service with an API key, or with tokens of somebody else's sign-in. */
export interface Vendor {
  readonly url: string;
  /** Tokens that came as `Authorization: Bearer`, in order. */
  readonly tokens: () => readonly string[];
  /** Things that were made: requests that were signed well. */
  readonly made: () => number;
  readonly stop: () => Promise<void>;
}

/** The one key that it knows. */
export const GOOD_KEY = 'key-of-the-shop-51c0';

function bearerOf({ headers }: IncomingMessage): string | null {
  return /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** Starts one on the loopback: who is signed in at `/me`, things are made at `/things`, a list of names at `/names`. */
export async function startVendor(): Promise<Vendor> {
  const tokens: string[] = [];
  let made = 0;
  const server = createServer((request, response) => {
    const token = bearerOf(request);
    if (token !== null) tokens.push(token);
    const isIn = token !== null || request.headers['x-api-key'] === GOOD_KEY;
    if (isIn && request.url === '/things') made += 1;
    request.resume().on('end', () => {
      response.writeHead(isIn ? 200 : 401, { 'content-type': 'application/json' });
      const known = request.url === '/names' ? { names: [{ id: 'n1', name: 'Name 1' }] } : { id: '1', name: 'Jane' };
      response.end(JSON.stringify(isIn ? known : { message: 'who are you?' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokens: () => tokens,
    made: () => made,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

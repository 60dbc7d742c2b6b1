import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service that takes whatever is signed in, or refuses it, remembers what it got, and repeats it in its answers. */
export interface Vendor {
  readonly url: string;
  /** Everything that came, headers and addresses, as text. */
  readonly got: () => string;
  /** Requests to `/things` that were answered well. */
  readonly done: () => number;
  /** What `/things` answers from now on. */
  readonly answer: (status: number) => void;
  readonly stop: () => Promise<void>;
}

/** Starts one on the loopback. @param token what its own token and session addresses give */
export async function startVendor(token: string): Promise<Vendor> {
  const seen: string[] = [];
  let status = 200;
  let done = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)} ${Buffer.concat(chunks).toString()}`);
      const path = (request.url ?? '').split('?')[0];
      const isThing = path === '/things';
      if (isThing && status === 200) done += 1;
      const answers: Readonly<Record<string, unknown>> = {
        '/token': { access_token: token, token_type: 'bearer', expires_in: 3600 },
        '/session': { session: token },
        '/me': { name: 'Jane' },
        '/names': {
          names: [
            { id: 'one', name: 'One' },
            { id: 'two', name: `Two of ${request.headers.authorization ?? ''}` },
          ],
        },
        '/things': { id: '1', message: `no: ${seen.at(-1)}`, echo: { url: request.url, headers: request.headers } },
      };
      const { authorization = '' } = request.headers;
      response.writeHead(isThing ? status : 200, { 'content-type': 'application/json', 'x-echo': authorization });
      response.end(JSON.stringify(answers[path ?? ''] ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    got: () => seen.join('\n'),
    done: () => done,
    answer: (next) => {
      status = next;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

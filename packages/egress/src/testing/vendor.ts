import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { MillwrightError } from '@millwright/core';
import { createEgress, type Egress, type EgressOptions, type EgressRequest } from '../create-egress.ts';
import type { ResolvedAddress } from '../dispatchers.ts';

/** A request that arrived. */
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A service on this machine, and ways out that lead to it by the names of the tests. */
export interface Vendor {
  readonly port: number;
  /** What arrived, the oldest first. */
  readonly seen: readonly Seen[];
  /** A way out that is closed with the vendor. */
  readonly egressWith: (options?: EgressOptions) => Egress;
  /** How a request failed. @throws Error where it did not, or not by an error of ours */
  readonly failureOf: (request: Partial<EgressRequest> & { readonly url: string }, egress?: Egress) => Promise<MillwrightError>;
  readonly close: () => Promise<void>;
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://local');
  const to = url.searchParams.get('to');
  if (url.pathname === '/redirect')
    return void response.writeHead(Number(url.searchParams.get('status') ?? 302), { location: to ?? '' }).end();
  if (url.pathname === '/loop') return void response.writeHead(302, { location: '/loop' }).end();
  if (url.pathname === '/bomb') return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000)));
  if (url.pathname === '/gzip') return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello'));
  if (url.pathname === '/odd') return void response.writeHead(200, { 'content-encoding': 'zstd, gzip' }).end('x');
  if (url.pathname === '/headers') {
    for (let i = 0; i < 300; i++) response.setHeader(`x-${i}`, '1');
    return void response.end();
  }
  if (url.pathname === '/silent') return;
  if (url.pathname === '/reset') return void request.socket.destroy();
  if (url.pathname === '/endless') {
    const timer = setInterval(() => response.write(Buffer.alloc(65_536)), 1);
    return void response.on('close', () => clearInterval(timer));
  }
  return void response.writeHead(200, { 'content-type': 'text/plain', 'set-cookie': ['a=1', 'b=2'] }).end('ok');
}

/** Names of the tests: `listed.test` stands for a public service, the others resolve to what they say. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'listed.test': ['127.0.0.1'],
  'other.test': ['127.0.0.1'],
  'private.test': ['10.1.2.3'],
  'mixed.test': ['93.184.216.34', '127.0.0.1'],
  'six.test': ['::ffff:127.0.0.1'],
  'tenant.a.test': ['127.0.0.1'],
  'listed.test.evil': ['127.0.0.1'],
  'xlisted.test': ['127.0.0.1'],
};

function resolveTest(hostname: string): Promise<readonly ResolvedAddress[]> {
  const addresses = NAMES[hostname.replace(/\.$/, '')];
  if (addresses === undefined) return Promise.reject(Object.assign(new Error(`ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }));
  return Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
}

async function failed(egress: Egress, request: Partial<EgressRequest> & { readonly url: string }): Promise<MillwrightError> {
  const outcome = await egress.request({ method: 'GET', ...request }).then(
    (response) => response,
    (failure: unknown) => failure,
  );
  if (!(outcome instanceof MillwrightError)) throw new Error(`expected a failure of ours, got ${JSON.stringify(outcome)}`);
  return outcome;
}

/** Starts a vendor on a port of its own. */
export async function startVendor(): Promise<Vendor> {
  const seen: Seen[] = [];
  const open: Egress[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const { port } = server.address() as AddressInfo;
  const egressWith = (options: EgressOptions = {}): Egress => {
    const egress = createEgress({ resolve: resolveTest, allow: [`listed.test:${port}`, `other.test:${port}`], ...options });
    open.push(egress);
    return egress;
  };
  const close = async (): Promise<void> => {
    await Promise.all(open.map((egress) => egress.close()));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port, seen, egressWith, failureOf: (request, egress = egressWith()) => failed(egress, request), close };
}

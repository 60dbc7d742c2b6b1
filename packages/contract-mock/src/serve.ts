import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MockPort } from './exchange.ts';

/** A mock that listens. */
export interface ServedMock {
  /** `http://127.0.0.1:<port>`; the described base path comes after it. */
  readonly origin: string;
  readonly close: () => Promise<void>;
}

const MAX_BYTES = 32 * 1024 * 1024;

async function readBody(incoming: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new RangeError(`more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function answer(
  mock: MockPort,
  origin: string,
  { incoming, outgoing }: { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse },
): Promise<void> {
  const headers = Object.entries(incoming.headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')] as const,
  );
  const response = await mock.request({
    method: incoming.method ?? 'GET',
    url: `${origin}${incoming.url ?? '/'}`,
    headers: Object.fromEntries(headers),
    body: await readBody(incoming),
  });
  const length = incoming.method === 'HEAD' || response.status === 204 ? {} : { 'content-length': String(response.body.byteLength) };
  outgoing.writeHead(response.status, { ...response.headers, ...length });
  outgoing.end(incoming.method === 'HEAD' ? undefined : response.body);
}

/**
 * Serves a mock over HTTP on this machine.
 * @param mock one whose descriptions are relative, or made with `baseUrl`, or `origin` below
 * @param options `origin`: what the mock is told requests were sent to (the vendor's own). Default where it listens. `port`: default any.
 */
export async function serveMock(mock: MockPort, options: { readonly port?: number; readonly origin?: string } = {}): Promise<ServedMock> {
  let origin = options.origin ?? '';
  const server = createServer((incoming, outgoing) => {
    answer(mock, origin, { incoming, outgoing }).catch(() => outgoing.headersSent || outgoing.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (origin === '') origin = here;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { origin: here, close };
}

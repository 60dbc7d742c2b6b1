import { createServer, type Server } from 'node:net';

/**
 * Whether this process could listen on a TCP port now.
 * @param host the address to bind, such as `127.0.0.1`
 */
export async function isPortFree(port: number, host: string): Promise<boolean> {
  return (await listen(port, host).catch(() => undefined).then(closeAll)) > 0;
}

/**
 * Finds TCP ports on 127.0.0.1 that nobody listens on, all different. Nothing is reserved: bind them soon.
 * @throws the operating system's error when it has none left
 */
export async function findFreePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, async () => listen(0, '127.0.0.1')));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await closeAll(...servers);
  return ports;
}

async function listen(port: number, host: string): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => { resolve(server); });
  });
}

async function closeAll(...servers: readonly (Server | undefined)[]): Promise<number> {
  const open = servers.filter((server) => server !== undefined);
  await Promise.all(open.map(async (server) => new Promise((resolve) => { server.close(resolve); })));
  return open.length;
}

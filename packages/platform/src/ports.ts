import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { InvariantError } from '@millwright/core';

/**
 * Whether this process could listen on a TCP port now.
 * @param host the address to bind, such as `127.0.0.1`
 */
export async function isPortFree(port: number, host: string): Promise<boolean> {
  try {
    await close(await listen(port, host));
    return true;
  } catch {
    return false;
  }
}

/** Below the range from which systems take ports for outgoing connections, so that a restarted child finds its port free. */
const LOWEST = 20_000;
const HIGHEST = 32_000;

/**
 * Finds TCP ports on 127.0.0.1 that nobody listens on, all different, between 20,000 and 32,000.
 * Nothing is reserved: bind them soon.
 * @throws InvariantError `no_free_port` when a thousand tries found too few
 */
export async function findFreePorts(count: number): Promise<readonly number[]> {
  const found = new Set<number>();
  for (let tries = 0; tries < 1_000 && found.size < count; tries++) {
    const port = randomInt(LOWEST, HIGHEST);
    if (!found.has(port) && (await isPortFree(port, '127.0.0.1'))) found.add(port);
  }
  if (found.size === count) return [...found];
  throw new InvariantError({ code: 'no_free_port', message: `found ${found.size} of ${count} free ports` });
}

async function listen(port: number, host: string): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      resolve(server);
    });
  });
}

async function close(server: Server): Promise<void> {
  await new Promise((resolve) => {
    server.close(resolve);
  });
}

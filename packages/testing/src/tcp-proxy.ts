import { createServer, connect, type Socket } from 'node:net';

/** A wire between a client and a real server that a test can cut. */
export interface TcpProxy {
  /** `127.0.0.1:port` to connect to instead of the server. */
  readonly address: string;
  readonly port: number;
  /** Drops every open wire and refuses new ones. */
  readonly cut: () => void;
  /** Lets wires through again. */
  readonly mend: () => void;
  readonly close: () => Promise<void>;
}

/** The URL of a database, reached through a proxy: its socket would lead round it. @param address `host:port` of the proxy */
export function throughProxy(url: string, address: string): string {
  const through = new URL(url);
  through.host = address;
  through.searchParams.delete('host');
  return through.href;
}

/** Starts a proxy to `host:port`. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const [host = '127.0.0.1', port = '0'] = target.split(':');
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((client) => {
    if (isCut) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(port), host);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const own = typeof address === 'object' && address !== null ? address.port : 0;
  const drop = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    address: `127.0.0.1:${own}`,
    port: own,
    cut: () => {
      isCut = true;
      drop();
    },
    mend: () => {
      isCut = false;
    },
    close: async () => {
      drop();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

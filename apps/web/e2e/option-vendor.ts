import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service that knows names, for lists in forms. */
export interface OptionVendor {
  readonly url: string;
  /** Lists that it gave, by what was searched; one that it refused is none. */
  readonly asked: () => number;
  /** Takes only this key from now on. */
  readonly acceptOnly: (key: string) => void;
  /** Names that it knows: `[id, name]`. */
  readonly know: (names: readonly (readonly [id: string, name: string])[]) => void;
  /** Holds answers back until they are let go. @returns lets them go */
  readonly hold: () => () => void;
  readonly stop: () => Promise<void>;
}

/** Starts one on the loopback: names at `/names`, who is signed in anywhere else. */
export async function startOptionVendor(firstKey: string): Promise<OptionVendor> {
  let asked = 0;
  let key = firstKey;
  let names: readonly (readonly [string, string])[] = [];
  let held: Promise<unknown> = Promise.resolve();
  const answer = async ({ headers, url = '' }: IncomingMessage, response: ServerResponse): Promise<void> => {
    await held;
    const isIn = headers['x-api-key'] === key;
    const isList = url.startsWith('/names');
    if (isIn && isList) asked += 1;
    response.writeHead(isIn ? 200 : 401, { 'content-type': 'application/json' });
    const list = { names: names.map(([id, name]) => ({ id, name })) };
    response.end(JSON.stringify(isIn ? (isList ? list : { name: 'Jane' }) : { message: 'this key was withdrawn' }));
  };
  const server = createServer((request, response) => {
    request.resume().on('end', () => void answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    acceptOnly: (next) => {
      key = next;
    },
    know: (next) => {
      names = next;
    },
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      held = promise;
      return () => resolve(undefined);
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

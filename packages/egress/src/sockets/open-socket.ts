import { connect, isIP, type Socket } from 'node:net';
import type { ResolvedAddress } from '../dispatchers.ts';

/** How a socket is opened. */
export interface SocketWay {
  /** What the addresses stand for. */
  readonly host: string;
  readonly port: number;
  /** Ms for one address. */
  readonly timeoutMs: number;
  /** Judges one address. @throws when it may not be reached */
  readonly judge: (host: string, address: string) => void;
  /** Stops waiting. */
  readonly signal?: AbortSignal;
}

/**
 * Judges every address, then tries one after the other; the socket's remote address is judged once more.
 * @throws what `judge` throws; the last address's error (`ENOTFOUND`, `ECONNREFUSED`, `ETIMEDOUT`) when there is no connection
 */
export async function openSocket(addresses: readonly ResolvedAddress[], way: SocketWay): Promise<Socket> {
  for (const { address } of addresses) way.judge(way.host, address);
  let last: unknown = Object.assign(new Error(`${way.host} has no address`), { code: 'ENOTFOUND' });
  for (const { address } of addresses) {
    way.signal?.throwIfAborted();
    try {
      return await connectTo(address, way);
    } catch (thrown) {
      last = thrown;
    }
  }
  throw last;
}

async function connectTo(address: string, { host, port, timeoutMs, judge, signal }: SocketWay): Promise<Socket> {
  const socket = connect({ host: address, port, family: isIP(address) });
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const limit = setTimeout(() => reject(Object.assign(new Error('connect timed out'), { code: 'ETIMEDOUT' })), timeoutMs);
  const onAbort = (): void => reject(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  socket.once('connect', () => resolve(undefined)).once('error', reject);
  try {
    await promise;
    judge(host, socket.remoteAddress ?? 'unreadable');
    socket.removeAllListeners('connect').removeListener('error', reject);
    return socket;
  } catch (thrown) {
    socket.on('error', () => undefined).destroy();
    throw thrown;
  } finally {
    clearTimeout(limit);
    signal?.removeEventListener('abort', onAbort);
  }
}

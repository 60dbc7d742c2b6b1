import type { Socket } from 'node:net';
import type { ConnectorError } from '@millwright/core';
import { overLimit, timedOut } from '../errors.ts';

/** A socket to a checked address, with its bounds. */
export interface GuardedSocket {
  readonly socket: Socket;
  /** Why it was ended by us; null while it was not. */
  readonly failure: () => ConnectorError | null;
  /** Ends it at once; may be called again. */
  readonly close: () => void;
}

/** What a session may take. */
export interface SessionBounds {
  readonly host: string;
  /** Ms from now on. */
  readonly timeoutMs: number;
  /** Bytes that may come in. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

/** How often the bytes that came in are counted, in ms. */
const COUNTED_EVERY_MS = 20;

/**
 * Holds a socket to its bounds: it is destroyed when its time is over, when more came in than is allowed, or when nobody waits any more.
 * @param counted the TCP socket, which counts the bytes below TLS, whoever turns TLS on
 * @param socket what is handed out: the same, or TLS over it
 */
export function guardSocket(counted: Socket, socket: Socket, { host, timeoutMs, maxBytes, signal }: SessionBounds): GuardedSocket {
  let failure: ConnectorError | null = null;
  const end = (why: ConnectorError | null): void => {
    clearTimeout(deadline);
    clearInterval(counting);
    signal?.removeEventListener('abort', onAbort);
    failure ??= why;
    for (const one of new Set([socket, counted])) if (!one.destroyed) one.destroy(failure ?? undefined);
  };
  const onAbort = (): void => end(null);
  const deadline = setTimeout(() => end(timedOut(host, timeoutMs)), timeoutMs);
  const counting = setInterval(() => {
    if (counted.bytesRead <= maxBytes) return;
    end(overLimit('egress_too_large', `${host} sent more than ${maxBytes} bytes`, 'Ask for fewer or smaller items at a time.'));
  }, COUNTED_EVERY_MS);
  // Who uses the socket hears its errors; afterwards nobody does, and that must not end the process.
  for (const one of new Set([socket, counted])) one.on('error', () => undefined);
  if (signal?.aborted === true) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });
  return { socket, failure: () => failure, close: () => end(null) };
}

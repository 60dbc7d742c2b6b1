import { isIP, type Socket } from 'node:net';
import { UserError } from '@millwright/core';
import { ownNetworkRefusalOf } from '../addresses.ts';
import { systemResolve, type Resolve } from '../dispatchers.ts';
import { privateAddress, refused } from '../errors.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { openSocket } from './open-socket.ts';
import { isPortOf } from './socket-ports.ts';

/** Where an admin's own mail server is. */
export interface MailTarget {
  /** A name or an address, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** How it is reached. */
export interface MailSocketOptions {
  /** Looks names up. Default: the system's resolver. */
  readonly resolve?: Resolve;
  /** Ms until a socket is open. Default 10,000. */
  readonly timeoutMs?: number;
}

/**
 * Opens a TCP socket to the mail server that an admin of this install entered. Unlike a workflow's target it may be on this machine
 * or in a private network, where mail relays usually are; addresses of no host (link-local and the clouds' metadata among them) are
 * refused. Every record of the name is judged, the socket goes to one of these addresses and is judged once more.
 * @throws UserError `egress_port`, `egress_private_address`: nothing was sent
 * @throws the system's error (`ENOTFOUND`, `ECONNREFUSED`, `ETIMEDOUT`) when there is no connection
 */
export async function openMailSocket({ host, port }: MailTarget, options: MailSocketOptions = {}): Promise<Socket> {
  if (!isPortOf('smtp', port))
    throw refused('egress_port', `port ${port} is no port of a mail server`, 'Mail servers listen on 587, 465 or 25.');
  const family = isIP(host);
  const addresses = family === 0 ? await (options.resolve ?? systemResolve)(host) : [{ address: host, family }];
  return openSocket(addresses, { port, host, judge, timeoutMs: options.timeoutMs ?? DEFAULT_LIMITS.connectTimeoutMs });
}

/** @throws UserError `egress_private_address` */
function judge(host: string, address: string): void {
  const range = ownNetworkRefusalOf(address);
  if (range === null) return;
  const { code, message, details } = privateAddress(host, address, range);
  throw new UserError('forbidden', { code, message, details, hint: 'Enter the name or address of a mail server.' });
}

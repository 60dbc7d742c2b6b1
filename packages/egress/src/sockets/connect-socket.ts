import { isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { literalAddress } from '../addresses.ts';
import type { AllowList } from '../allow-list.ts';
import type { Resolve } from '../dispatchers.ts';
import { refused, toEgressError } from '../errors.ts';
import { guardSocket, type GuardedSocket } from './guarded-socket.ts';
import type { EgressLimits } from '../limits.ts';
import { openSocket, type SocketWay } from './open-socket.ts';
import { checkAddress } from '../request-check.ts';
import { isPortOf, portsOf, type SocketProtocol } from './socket-ports.ts';

/** Where a socket is to go, and what is spoken over it. */
export interface SocketTarget {
  readonly protocol: SocketProtocol;
  /** A name or an address; IPv6 with or without brackets. */
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. Absent: plain, until whoever speaks turns TLS on. `ca`: authorities in PEM instead of the public ones. */
  readonly tls?: { readonly ca?: string };
  /** Ms for the whole session. Default: the egress' own. */
  readonly timeoutMs?: number;
  /** Bytes that may come in. Default and most: the egress' own for an answer. */
  readonly maxBytes?: number;
  /** Ends the session. */
  readonly signal?: AbortSignal;
}

/** What an egress has for its sockets. */
export interface SocketSetting {
  readonly allow: AllowList;
  readonly limits: EgressLimits;
  readonly resolve: Resolve;
}

/** The host as the parser of URLs writes it: what is judged is what is called. @throws UserError `egress_host_invalid` */
export function canonicalHost(host: string): string {
  const bare = isIP(host) === 6 ? `[${host}]` : host;
  const isPlain = !/[\s/?#@\\%]/.test(bare) && (bare.startsWith('[') ? bare.endsWith(']') : !bare.includes(':'));
  const url = isPlain ? URL.parse(`http://${bare}/`) : null;
  if (url !== null) return url.hostname;
  throw refused('egress_host_invalid', `"${host.slice(0, 200)}" is no host`, 'Write a name or an address, without port and path.');
}

async function tlsOver(
  plain: Socket,
  host: string,
  { way, ca }: { readonly way: SocketWay; readonly ca: string | undefined },
): Promise<Socket> {
  const name = literalAddress(host) ?? host;
  // An address is no server name (RFC 6066 §3); the certificate has to be for it all the same.
  const socket = connectTls({
    socket: plain,
    host: name,
    ...(isIP(name) === 0 ? { servername: name } : {}),
    ...(ca === undefined ? {} : { ca }),
  });
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const limit = setTimeout(() => reject(Object.assign(new Error('handshake timed out'), { code: 'ETIMEDOUT' })), way.timeoutMs);
  const onAbort = (): void => reject(way.signal?.reason);
  way.signal?.addEventListener('abort', onAbort, { once: true });
  socket.once('secureConnect', () => resolve(undefined)).once('error', reject);
  try {
    await promise;
    socket.removeListener('error', reject);
    return socket;
  } catch (thrown) {
    for (const one of [socket, plain]) one.on('error', () => undefined).destroy();
    throw thrown;
  } finally {
    clearTimeout(limit);
    way.signal?.removeEventListener('abort', onAbort);
  }
}

/**
 * Opens a socket for a protocol that is not HTTP, judged as a request is: literal and resolved addresses, connected to a checked one, the
 * remote address once more; ports by protocol; private and metadata addresses only where an admin listed host and port, or the range.
 * @throws UserError `egress_host_invalid`, `egress_port`, `egress_private_address`; ConnectorError `egress_host_unknown`,
 * `egress_unreachable`, `egress_certificate`: nothing was sent
 */
export async function connectSocket({ allow, limits, resolve }: SocketSetting, target: SocketTarget): Promise<GuardedSocket> {
  const { protocol, port, signal, tls } = target;
  const host = canonicalHost(target.host);
  // No http origin, so that an entry which opens a URL prefix opens no socket.
  const url = URL.parse(`tcp://${host}:${port}`);
  const isListed = url !== null && allow.lists(url);
  if (!isListed && !isPortOf(protocol, port)) {
    throw refused(
      'egress_port',
      `port ${port} of ${host} is closed to ${protocol}`,
      `Such servers listen on ${portsOf(protocol)} or above 1023. If it is meant, an admin adds ${host}:${port} to MILLWRIGHT_EGRESS_ALLOW.`,
    );
  }
  const judge = (name: string, address: string): void => (isListed ? undefined : checkAddress(name, address, allow));
  const way = { host, port, judge, timeoutMs: limits.connectTimeoutMs, ...(signal === undefined ? {} : { signal }) };
  try {
    const literal = literalAddress(host);
    const addresses = literal === null ? await resolve(host) : [{ address: literal, family: isIP(literal) }];
    const plain = await openSocket(addresses, way);
    const socket = tls === undefined ? plain : await tlsOver(plain, host, { way, ca: tls.ca });
    const maxBytes = Math.min(target.maxBytes ?? limits.maxResponseBytes, limits.maxResponseBytes);
    return guardSocket(plain, socket, {
      host,
      timeoutMs: target.timeoutMs ?? limits.timeoutMs,
      maxBytes,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (thrown) {
    throw toEgressError(thrown, host, 'connecting');
  }
}

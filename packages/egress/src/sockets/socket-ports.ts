import { isClosedPort } from '../request-check.ts';

/** Protocols that are spoken over sockets of their own. */
export type SocketProtocol = 'postgres' | 'smtp' | 'imap';

/** Where their servers listen by agreement: open to the protocol although closed to HTTP. */
const OWN_PORTS: Readonly<Record<SocketProtocol, ReadonlySet<number>>> = {
  postgres: new Set([5432]),
  smtp: new Set([25, 465, 587]),
  imap: new Set([143, 993]),
};

/** Whether a protocol may be spoken to a port: its own, or one above 1023 that belongs to no other system. */
export function isPortOf(protocol: SocketProtocol, port: number): boolean {
  return OWN_PORTS[protocol].has(port) || (port >= 1024 && port <= 65_535 && !isClosedPort(port));
}

/** The agreed ports as text, for messages. */
export function portsOf(protocol: SocketProtocol): string {
  return [...OWN_PORTS[protocol]].join(', ');
}

import type { Socket } from 'node:net';
import type { JsonValue } from '@millwright/core';

/** Protocols that are no HTTP; each has its ports. */
export type SocketProtocol = 'postgres' | 'smtp' | 'imap';

/** `tls`: from the first byte, or as the protocol has it (PostgreSQL asks first). `starttls`: plain until both turn it on. `none`: plain. */
export type Security = 'tls' | 'starttls' | 'none';

/** Where a server is, as its credential says. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  /** Authorities in PEM instead of the public ones. */
  readonly ca?: string;
}

/** What a session is to be with. */
export interface SocketRequest {
  readonly protocol: SocketProtocol;
  /** Slot of the node's credentials that names the server and signs in. */
  readonly credential: string;
  /** Reads the server from the credential's open fields. @throws UserError when they do not say */
  readonly server: (open: Readonly<Record<string, string>>) => ServerAddress;
  /** TLS from the first byte is opened by the runtime; false where the protocol negotiates it, or there is none. */
  readonly opensTls: (server: ServerAddress) => boolean;
  /** Ms for the whole session, at most a day. */
  readonly timeoutMs: number;
}

/** A session with a server; what it holds must not outlive it. */
export interface SocketSession {
  /** Connected to a checked address, and bounded in time and bytes. */
  readonly socket: Socket;
  readonly server: ServerAddress;
  /** What was typed in, secrets too: for signing in, never into results, errors or logs. */
  readonly fields: Readonly<Record<string, string>>;
  /**
   * To be awaited before the first byte of what changes something leaves; stores that it does.
   * @param what tells one write from another, without secrets
   * @throws when it must not be sent; the error is to be passed on
   */
  readonly begin: (what: JsonValue) => Promise<void>;
}

/** A node's way to servers that do not speak HTTP. */
export interface SocketPort {
  /**
   * Lends the credential, opens the socket, and closes both when `use` is over. A ConnectorError of kind `auth` before `begin` has the
   * credential renewed and `use` called once more.
   * @throws what `use` throws; UserError, ConnectorError when the server is refused or away
   */
  readonly open: <T>(request: SocketRequest, use: (session: SocketSession) => Promise<T>) => Promise<T>;
}

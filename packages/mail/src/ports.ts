import type { Socket } from 'node:net';
import type { Database } from '@millwright/db';
import type { Logger } from '@millwright/platform';

/** Seals texts with a key that only this install has. */
export interface MailSeal {
  /** @param place what it belongs to; it opens nowhere else */
  readonly seal: (place: string, text: string) => Uint8Array;
  /** @throws InvariantError `secret_unreadable` */
  readonly open: (place: string, sealed: Uint8Array) => string;
}

/**
 * Opens a TCP socket to the install's mail server; judges the address first.
 * @throws UserError `egress_port`, `egress_private_address`, or the system's error
 */
export type OpenSocket = (target: { readonly host: string; readonly port: number }) => Promise<Socket>;

/** What the mailer is made of. */
export interface MailPorts {
  readonly db: Database;
  readonly seal: MailSeal;
  readonly openSocket: OpenSocket;
  readonly log: Logger;
  /** Certificates to trust beside the system's, PEM. Default none; `NODE_EXTRA_CA_CERTS` counts anyway. */
  readonly trust?: readonly string[];
}

/** Where the password of the mail server is sealed. */
export const PASSWORD_PLACE = 'smtp-password';

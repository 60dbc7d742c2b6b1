import { InvariantError, type ActionContext, type JsonValue, type SocketSession } from '@millwright/node-sdk';
import { ImapFlow } from 'imapflow';
import { toFailure, uidStale } from './failures.ts';
import { server } from './server.ts';

/** Ms for a whole session; also the nodes' own time. */
export const TIME_MS = 60_000;

/** A mailbox, and the numbering that its UIDs belong to; empty: whichever it has. */
export interface Place {
  readonly mailbox: string;
  readonly uidValidity: string;
}

/** A session that is signed in, at a mailbox. */
export interface Opened {
  readonly client: ImapFlow;
  readonly uidValidity: string;
  /** To be awaited before what changes something. */
  readonly begin: (what: JsonValue) => Promise<void>;
}

type Context = Pick<ActionContext<unknown>, 'sockets'>;

/** @param timeMs of the session */
function clientOf(
  { socket, server: { host, port, ca }, fields: { username = '', password = '' } }: SocketSession,
  timeMs: number,
): ImapFlow {
  return new ImapFlow({
    host,
    port,
    secure: true,
    auth: { user: username, pass: password },
    logger: false,
    // TLS goes over the socket that was opened to a checked address; the client opens none itself.
    tls: { socket, minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) } as object,
    // Compressed answers would have to be bounded once more.
    disableCompression: true,
    disableAutoIdle: true,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: timeMs,
  });
}

/** Signs in. @param timeMs for the whole session */
export async function withClient<T>(
  { sockets }: Context,
  use: (opened: Omit<Opened, 'uidValidity'>) => Promise<T>,
  timeMs = TIME_MS,
): Promise<T> {
  if (sockets === undefined) throw new InvariantError({ code: 'sockets_missing', message: 'this process opens no sockets' });
  return sockets.open({ protocol: 'imap', credential: 'auth', server, opensTls: () => false, timeoutMs: timeMs }, async (session) => {
    const client = clientOf(session, timeMs);
    // Whatever waits hears of it; nobody else listens.
    client.on('error', () => undefined);
    let hasBegun = false;
    const begin = async (what: JsonValue): Promise<void> => {
      await session.begin(what);
      hasBegun = true;
    };
    try {
      await client.connect();
      const result = await use({ client, begin });
      await client.logout().catch(() => undefined);
      return result;
    } catch (thrown) {
      throw toFailure(thrown, hasBegun);
    } finally {
      client.close();
    }
  });
}

/**
 * Signs in and opens a mailbox.
 * @throws UserError `imap_uid_stale`
 */
export function atMailbox<T>(
  context: Context,
  { mailbox, uidValidity, readOnly, timeMs }: Place & { readonly readOnly: boolean; readonly timeMs?: number },
  use: (opened: Opened) => Promise<T>,
): Promise<T> {
  return withClient(
    context,
    async ({ client, begin }) => {
      const { uidValidity: found } = await client.mailboxOpen(mailbox, { readOnly });
      if (uidValidity !== '' && uidValidity !== String(found)) throw uidStale();
      return use({ client, begin, uidValidity: String(found) });
    },
    timeMs,
  );
}

import { ConnectorError, InvariantError, type ActionContext, type JsonValue, type SocketSession } from '@millwright/node-sdk';
import pg from 'pg';
import { commitLost, rolledBack, toFailure } from './failures.ts';
import { server } from './server.ts';
import { types, type Cell } from './values.ts';

/** What of a node's context a statement needs. */
export type Context = Pick<ActionContext<unknown>, 'sockets'>;

/** One statement with its parameters apart. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What came back. */
export interface Answer {
  readonly rows: readonly Record<string, Cell>[];
  /** Rows that were given, changed or deleted; 0 where a statement counts nothing. */
  readonly count: number;
  readonly command: string;
}

/** Asks within a transaction. */
export type Ask = (statement: Statement) => Promise<Answer>;

/** Ms for a whole session; also the nodes' own time. */
export const TIME_MS = 60_000;
/** Most rows of one answer. */
const MAX_ROWS = 10_000;

/** The socket is connected already: pg asks it to connect, and waits to hear that it has. */
function preconnected(socket: SocketSession['socket']): SocketSession['socket'] {
  const connect = (): SocketSession['socket'] => {
    setImmediate(() => socket.emit('connect'));
    return socket;
  };
  return Object.assign(socket, { connect });
}

/** Everything is named here, so that pg reads nothing from the environment or from files of this process. */
function clientOf({ socket, server: { host, port, security, ca }, fields }: SocketSession): pg.Client {
  return new pg.Client({
    host,
    port,
    user: fields['username'] ?? '',
    password: fields['password'] ?? '',
    database: fields['database'] ?? '',
    ssl: security === 'none' ? false : { rejectUnauthorized: true, minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
    stream: () => preconnected(socket),
    application_name: 'Millwright',
    client_encoding: 'UTF8',
    options: '',
    types,
  });
}

async function ask(client: pg.Client, { text, values }: Statement): Promise<Answer> {
  // The extended protocol takes one statement only: text with a second one after a semicolon is refused by the server.
  const query = { text, values: [...values], queryMode: 'extended' };
  const { rows, rowCount, command } = await client.query<Record<string, Cell>>(query);
  if (rows.length > MAX_ROWS) {
    throw new ConnectorError('permanent', {
      code: 'postgres_rows_too_many',
      message: `the statement gave ${rows.length} rows, more than ${MAX_ROWS}`,
      hint: 'Nothing was done. Ask for fewer with LIMIT.',
      details: { sent: false },
    });
  }
  return { rows, count: rowCount ?? 0, command };
}

async function signedIn<T>(session: SocketSession, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = clientOf(session);
  // What goes wrong is said by whatever was asked; nobody else listens.
  client.on('error', () => undefined);
  try {
    await client.connect().catch((thrown: unknown) => {
      throw tlsRefused(thrown) ?? toFailure(thrown);
    });
    return await work(client);
  } finally {
    void client.end().catch(() => undefined);
  }
}

function tlsRefused(thrown: unknown): ConnectorError | null {
  if (!(thrown instanceof Error) || !thrown.message.includes('does not support SSL')) return null;
  return new ConnectorError('permanent', {
    code: 'postgres_no_tls',
    message: 'the server does not speak TLS',
    hint: "Turn TLS on there. In a network of one's own, set the connection's security to none.",
    details: { sent: false },
  });
}

async function inTransaction<T>(client: pg.Client, mode: string, work: (ask: Ask) => Promise<T>): Promise<T> {
  try {
    await client.query(`BEGIN ${mode}; SET LOCAL statement_timeout = ${TIME_MS}`);
    return await work((statement) => ask(client, statement));
  } catch (thrown) {
    // What is open ends with the session, which ends now.
    throw rolledBack(toFailure(thrown));
  }
}

function open<T>({ sockets }: Context, use: (session: SocketSession) => Promise<T>): Promise<T> {
  if (sockets === undefined) throw new InvariantError({ code: 'sockets_missing', message: 'this process opens no sockets' });
  // PostgreSQL negotiates TLS itself.
  return sockets.open({ protocol: 'postgres', credential: 'auth', server, opensTls: () => false, timeoutMs: TIME_MS }, use);
}

/** Asks in a transaction that the server keeps from writing. */
export function read<T>(context: Context, work: (ask: Ask) => Promise<T>): Promise<T> {
  return open(context, (session) => signedIn(session, (client) => inTransaction(client, 'READ ONLY', work)));
}

/**
 * Changes something in one transaction: all of it or nothing. Only a line that breaks during the commit leaves open whether it was done.
 * @param what tells this write from others
 */
export function write<T>(context: Context, what: JsonValue, work: (ask: Ask) => Promise<T>): Promise<T> {
  return open(context, (session) =>
    signedIn(session, async (client) => {
      await session.begin(what);
      const result = await inTransaction(client, '', work);
      try {
        await client.query('COMMIT');
      } catch (thrown) {
        throw commitLost(toFailure(thrown));
      }
      return result;
    }),
  );
}

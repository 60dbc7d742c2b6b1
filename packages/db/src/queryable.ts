import type { Pool, PoolClient, QueryResultRow } from 'pg';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { asDatabaseError, isDatabaseAway } from './errors.ts';
import type * as schema from './schema/index.ts';

/** What a statement came back with. */
export interface QueryRows<R> {
  readonly rows: readonly R[];
  /** Rows that the statement touched. */
  readonly count: number;
}

/** Something that runs one parametrised statement. */
export interface Queryable {
  /**
   * @param text SQL with `$1`…; values never become part of it
   * @param values parameters; a `name` prepares the statement once per client
   * @throws TransientError `database_unavailable` when Postgres is away
   */
  readonly query: <R extends QueryResultRow>(text: string, values?: readonly unknown[], name?: string) => Promise<QueryRows<R>>;
}

/** One transaction as the application role, in which only one workspace exists. */
export interface TenantTx extends Queryable {
  readonly workspaceId: string;
  /** The same transaction through Drizzle. */
  readonly orm: NodePgDatabase<typeof schema>;
}

/** The executor's role: every workspace, but only what executing needs. For batch writers and webhook look-ups. */
export interface ExecutorDb extends Queryable {
  readonly role: 'executor';
  readonly pool: Pool;
}

/** The identity role: who somebody is and where they belong. */
export interface IdentityDb extends Queryable {
  readonly role: 'auth';
}

/** The first row, for statements that give at most one. */
export function firstOf<R>(result: QueryRows<R>): R | null {
  return result.rows[0] ?? null;
}

/** Runs one statement on a client; its errors are ours. */
export async function queryClient<R extends QueryResultRow>(
  client: PoolClient,
  statement: { readonly text: string; readonly values?: readonly unknown[] | undefined; readonly name?: string | undefined },
): Promise<QueryRows<R>> {
  try {
    const result = await client.query<R>({
      text: statement.text,
      values: [...(statement.values ?? [])],
      ...(statement.name === undefined ? {} : { name: statement.name }),
    });
    return { rows: result.rows, count: result.rowCount ?? 0 };
  } catch (thrown) {
    throw asDatabaseError(thrown);
  }
}

/**
 * Borrows a client. One that saw the server go away is closed rather than reused; a refused statement costs no client.
 * @throws TransientError `database_unavailable` when none can be had
 */
export async function withClient<T>(pool: Pool, body: (client: PoolClient) => Promise<T>): Promise<T> {
  let client: PoolClient;
  try {
    client = await pool.connect();
  } catch (thrown) {
    throw asDatabaseError(thrown);
  }
  let broken = false as boolean;
  const onError = (): void => {
    broken = true;
  };
  client.on('error', onError);
  try {
    return await body(client);
  } catch (thrown) {
    if (isDatabaseAway(thrown)) broken = true;
    throw asDatabaseError(thrown);
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

/** Statements on a pool, each its own transaction. */
export function poolQuery(pool: Pool): Queryable['query'] {
  return async (text, values, name) => withClient(pool, async (client) => queryClient(client, { text, values, name }));
}

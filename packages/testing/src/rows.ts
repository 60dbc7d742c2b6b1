import pg from 'pg';
import { eventually } from './eventually.ts';

/** Reads rows as the database's owner, on a connection of its own. */
export async function queryRows<Row extends object>(
  url: string,
  statement: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  return withConnection(url, async (query) => (await query(statement, values)) as readonly Row[]);
}

/**
 * Keeps a table from being written while something is done; reads go on, and whoever writes waits.
 * @param table name of a table of the product
 */
export async function whileLocked<T>(url: string, table: string, work: () => Promise<T>): Promise<T> {
  return withConnection(url, async (query) => {
    await query('begin');
    await query(`lock table ${table} in exclusive mode`);
    try {
      return await work();
    } finally {
      await query('rollback');
    }
  });
}

/** A lock on a row; whoever writes the row waits. */
export interface RowLock {
  /** May be called again. */
  readonly release: () => Promise<void>;
}

/**
 * Locks rows on a connection of its own.
 * @param statement a `select … for update`
 */
export async function lockRow(url: string, statement: string, values: readonly unknown[]): Promise<RowLock> {
  const locked = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  const held = withConnection(url, async (query) => {
    await query('begin');
    await query(statement, values);
    locked.resolve();
    await over.promise;
  });
  held.catch(locked.reject);
  await locked.promise;
  return {
    release: async () => {
      over.resolve();
      await held;
    },
  };
}

/**
 * Ends what Postgres still does for others than the owner. Where a process was killed, a statement of its that waits for a lock
 * would otherwise be carried out when the lock is free.
 */
export async function dropClients(url: string): Promise<void> {
  await withConnection(url, async (query) => {
    const others = 'from pg_stat_activity where datname = current_database() and usename <> current_user';
    const dropped = (await query(`select pid, pg_terminate_backend(pid) ${others}`)) as readonly { readonly pid: number }[];
    const pids = dropped.map((one) => one.pid);
    await eventually(async () => (await query(`select 1 ${others} and pid = any($1::int[])`, [pids])).length === 0);
  });
}

async function withConnection<T>(
  url: string,
  work: (query: (statement: string, values?: readonly unknown[]) => Promise<readonly object[]>) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(async (statement, values = []) => (await client.query<object>(statement, [...values])).rows);
  } finally {
    await client.end().catch(() => undefined);
  }
}

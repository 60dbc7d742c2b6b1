import pg from 'pg';

/** Reads rows as the database's owner, on a connection of its own. */
export async function queryRows<Row extends object>(url: string, statement: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
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

async function withConnection<T>(url: string, work: (query: (statement: string, values?: readonly unknown[]) => Promise<readonly object[]>) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(async (statement, values = []) => (await client.query<object>(statement, [...values])).rows);
  } finally {
    await client.end().catch(() => undefined);
  }
}

import type { Clock } from '@millwright/core';
import type { Database } from '../../database.ts';
import { createTestDatabase, type TestDatabase } from '../../testing.ts';
import { createLedger, type Ledger } from '../ledger.ts';

/** An attempt as it is stored. */
interface StoredAttempt {
  /** `node#attempt` */
  readonly name: string;
  readonly seq: number | null;
  readonly status: string;
}

/** A database with the ledger of a process, and those of others where a test wants them. */
export interface LedgerStand {
  readonly test: TestDatabase;
  readonly database: Database;
  readonly ledger: Ledger;
  /** Another process, as far as Postgres can tell. @param clock by which it renews; default that of this machine */
  readonly another: (clock?: Clock) => Promise<Ledger>;
  /** Takes the lease of a process away, as a reaper does. */
  readonly kill: (victim: Ledger) => Promise<void>;
  /** The attempts of a run in their order, those without one last. */
  readonly rowsOf: (runId: string) => Promise<readonly StoredAttempt[]>;
  readonly statusOf: (runId: string) => Promise<string | undefined>;
  /** Locks the row of a run, as an update of somebody else does. @returns lets it go */
  readonly lockRun: (runId: string) => Promise<() => Promise<void>>;
  /** Statements in this database that wait for a lock. */
  readonly lockWaits: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Sets one up. @param adminUrl a database that always exists */
export async function openLedgerStand(adminUrl: string): Promise<LedgerStand> {
  const test = await createTestDatabase(adminUrl);
  const database = await test.open();
  const { executor, listen } = database;
  const ledgers: Ledger[] = [];
  const another = async (clock?: Clock): Promise<Ledger> => {
    const one = createLedger({ pool: executor.pool, listen, ...(clock === undefined ? {} : { clock }) });
    await one.startOwner();
    ledgers.push(one);
    return one;
  };
  return {
    test,
    database,
    ledger: await another(),
    another,
    kill: async (victim) => void (await executor.query('delete from owners where owner = $1', [victim.ownerId()])),
    rowsOf: async (runId) => {
      const { rows } = await executor.query<{ node_id: string; seq: string | null; status: string; attempt: number }>(
        'select node_id, seq, status, attempt from attempts where run_id = $1 order by seq nulls last, node_id, attempt',
        [runId],
      );
      return rows.map(({ node_id, attempt, seq, status }) => ({
        name: `${node_id}#${String(attempt)}`,
        seq: seq === null ? null : Number(seq),
        status,
      }));
    },
    statusOf: async (runId) =>
      (await executor.query<{ status: string }>('select status from runs where run_id = $1', [runId])).rows[0]?.status,
    lockRun: async (runId) => {
      const client = await executor.pool.connect();
      await client.query('begin');
      await client.query('select 1 from runs where run_id = $1 for update', [runId]);
      return async () => {
        await client.query('rollback');
        client.release();
      };
    },
    lockWaits: async () => {
      const { rows } = await executor.query<{ waits: number }>(
        `select count(*)::int as waits from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rows[0]?.waits ?? 0;
    },
    close: async () => {
      await Promise.all(ledgers.map(async (one) => one.stopOwner()));
      await test.drop();
    },
  };
}

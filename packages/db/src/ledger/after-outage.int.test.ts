import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Outcome, StartedAttempt } from '@millwright/workflow';
import { createTestDatabase, testHeader, type TestDatabase } from '../testing.ts';
import { createLedger, type Ledger } from './ledger.ts';

let test: TestDatabase;
let ledger: Ledger;

beforeAll(async () => {
  test = await createTestDatabase(inject('adminUrl'));
  ledger = createLedger({ pool: (await test.open()).executor.pool });
  await ledger.startOwner();
});
afterAll(async () => {
  await ledger.stopOwner();
  await test.drop();
});

const attempt: StartedAttempt = {
  nodeId: 'a',
  runIndex: 0,
  itemIndex: 0,
  attempt: 1,
  class: 'write',
  requestHash: 'h',
  startedAtMs: 1_000,
};
const done: Outcome = {
  nodeId: 'a',
  runIndex: 0,
  itemIndex: 0,
  attempt: 1,
  class: 'write',
  seq: 1,
  status: 'done',
  response: { ok: true },
  startedAtMs: 1_000,
  finishedAtMs: 2_000,
};

/** Postgres takes nobody in and throws everybody out. */
async function away(isAway: boolean): Promise<void> {
  const client = new pg.Client({ connectionString: inject('adminUrl') });
  await client.connect();
  await client.query(`alter database ${test.name} connection limit ${isAway ? '0' : '-1'}`);
  if (isAway) await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [test.name]);
  await client.end();
}

it('an answer that came while Postgres was away is known to the next try, however many tries there were', async () => {
  const header = testHeader();
  const first = ledger.forRun(header);
  expect(await first.start(attempt)).toBe(true);
  await away(true);
  first.record(done);
  await expect(first.flush()).rejects.toMatchObject({ code: 'database_unavailable' });
  first.abandon();
  const second = ledger.forRun(header);
  await expect(second.open(0)).rejects.toMatchObject({ code: 'database_unavailable' });
  second.abandon();
  await away(false);
  const third = ledger.forRun(header);
  const opened = await expect
    .poll(async () => third.open(0).catch(() => null), { interval: 1 })
    .not.toBeNull()
    .then(async () => third.open(0));
  expect(opened).toMatchObject({ open: [], outcomes: [{ nodeId: 'a', attempt: 1, status: 'done', seq: 0, response: { ok: true } }] });
});

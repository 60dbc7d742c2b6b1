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

it('an answer that came while Postgres was away is known to the next try, however many tries there were', async () => {
  const header = testHeader();
  const first = ledger.forRun(header);
  expect(await first.start(attempt)).toBe(true);
  await test.setAway(true);
  first.record(done);
  await expect(first.flush()).rejects.toMatchObject({ code: 'database_unavailable' });
  first.abandon();
  const second = ledger.forRun(header);
  await expect(second.open(0)).rejects.toMatchObject({ code: 'database_unavailable' });
  second.abandon();
  await test.setAway(false);
  const third = ledger.forRun(header);
  const opened = await expect
    .poll(async () => third.open(0).catch(() => null), { interval: 1 })
    .not.toBeNull()
    .then(async () => third.open(0));
  expect(opened).toMatchObject({ open: [], outcomes: [{ nodeId: 'a', attempt: 1, status: 'done', seq: 0, response: { ok: true } }] });
});

import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Database } from '../database.ts';
import { createTestDatabase, testHeader, type TestDatabase } from '../testing.ts';
import { createLedger, type Ledger } from './ledger.ts';

let test: TestDatabase;
let database: Database;
let reaper: Ledger;

beforeAll(async () => {
  test = await createTestDatabase(inject('adminUrl'));
  database = await test.open();
  reaper = createLedger({ pool: database.executor.pool });
  await reaper.startOwner();
});
afterAll(async () => {
  await reaper.stopOwner();
  await test.drop();
});

it('a dead process counts against the runs that it holds, listed or not, and not against those that it let go', async () => {
  const dying = createLedger({ pool: database.executor.pool });
  await dying.startOwner();
  const [held, letGo, startedOnly] = [testHeader(), testHeader(), testHeader()];
  const ofLetGo = dying.forRun(letGo);
  await ofLetGo.open(0);
  const ofStarted = dying.forRun(startedOnly);
  await dying.renew();
  expect(await ofLetGo.close({ waiting: { waitsFor: null } })).toBe('stored');
  const ofHeld = dying.forRun(held);
  await ofHeld.open(0);
  await expect
    .poll(
      async () => {
        await database.executor.query(`update owners set lease_until = now() - interval '1 second' where owner = $1`, [dying.ownerId()]);
        await reaper.renew();
        return Promise.all([held, letGo, startedOnly].map(async ({ runId }) => reaper.losses(runId)));
      },
      { timeout: 15_000, interval: 500 },
    )
    .toEqual([1, 0, 1]);
  const next = reaper.forRun(held);
  expect(await next.open(0)).toMatchObject({ losses: 1, ended: null });
  await next.close({ ended: { status: 'succeeded', finishedAtMs: 1 } });
  for (const one of [ofHeld, ofStarted]) one.abandon();
  await dying.stopOwner();
});

it('a run that two processes died of is left to one of its own: the death of a third, of which another is guilty, does not count', async () => {
  const careful = createLedger({ pool: database.executor.pool, leaves: { from: 2, below: 3 } });
  await careful.startOwner();
  const header = testHeader();
  const { runId } = header;
  const first = reaper.forRun(header);
  await first.open(0);
  expect(await first.close({ running: true })).toBe('stored');
  const lost = async (losses: number): Promise<unknown> =>
    database.executor.query('insert into run_losses (run_id, losses) values ($1, $2) on conflict (run_id) do update set losses = $2', [
      runId,
      losses,
    ]);
  const ownerOf = async (): Promise<unknown> =>
    (await database.executor.query<{ owner: string | null }>('select owner from runs where run_id = $1', [runId])).rows[0]?.owner;
  await lost(2);
  expect(await careful.forRun(header).open(0)).toMatchObject({ isOurs: false, isSuspect: true, losses: 2, ended: null });
  expect(await ownerOf()).toBeNull();
  await careful.renew();
  await database.executor.query(`update owners set lease_until = now() - interval '1 second' where owner = $1`, [careful.ownerId()]);
  await reaper.renew();
  expect(await reaper.losses(runId)).toBe(2);
  // Nor is it said to be free while another has it.
  const alone = reaper.forRun(header);
  expect(await alone.open(0)).toMatchObject({ isOurs: true, losses: 2 });
  await careful.renew();
  const second = await careful.forRun(header).open(0);
  expect([second.isOurs, second.isSuspect]).toEqual([false, undefined]);
  expect(await alone.close({ running: true })).toBe('stored');
  // What is to fail is taken again, by anybody.
  await lost(3);
  expect(await careful.forRun(header).open(0)).toMatchObject({ isOurs: true, losses: 3 });
  await careful.stopOwner();
});

it('a dead process counts against the runs whose remote calls it made, whoever has the run', async () => {
  const dying = createLedger({ pool: database.executor.pool });
  await dying.startOwner();
  const [calling, both, over] = [testHeader(), testHeader(), testHeader()];
  for (const header of [calling, both, over]) {
    const segment = reaper.forRun(header);
    await segment.open(0);
    await segment.close({ running: true });
  }
  const call = { nodeId: 'a', runIndex: 0, itemIndex: 0, attempt: 1 };
  dying.callsFor(calling, call);
  const ofBoth = dying.forRun(both);
  await ofBoth.open(0);
  for (const itemIndex of [0, 1]) dying.callsFor(both, { ...call, itemIndex });
  dying.callsFor(over, call).close();
  await dying.renew();
  await expect
    .poll(
      async () => {
        await database.executor.query(`update owners set lease_until = now() - interval '1 second' where owner = $1`, [dying.ownerId()]);
        await reaper.renew();
        return Promise.all([calling, both, over].map(async ({ runId }) => reaper.losses(runId)));
      },
      { timeout: 15_000, interval: 500 },
    )
    .toEqual([1, 1, 0]);
  ofBoth.abandon();
  await dying.stopOwner();
});

it('after a death with runs open, and at first, no process is calm', async () => {
  let nowMs = 0;
  const clock = { nowMs: () => Date.now(), monotonicMs: () => nowMs };
  await database.executor.query('delete from run_losses');
  const [watching, other] = [createLedger({ pool: database.executor.pool, clock }), createLedger({ pool: database.executor.pool, clock })];
  for (const ledger of [watching, other]) await ledger.startOwner();
  expect(watching.isCalm()).toBe(false);
  nowMs += 20_000;
  await watching.renew();
  expect(watching.isCalm()).toBe(true);

  const idle = createLedger({ pool: database.executor.pool });
  await idle.startOwner();
  const die = async (ledger: Ledger): Promise<void> => {
    await database.executor.query(`update owners set lease_until = now() - interval '1 second' where owner = $1`, [ledger.ownerId()]);
    await watching.renew();
  };
  await die(idle);
  expect(watching.isCalm()).toBe(true);

  const busy = createLedger({ pool: database.executor.pool });
  await busy.startOwner();
  const run = busy.forRun(testHeader());
  await run.open(0);
  await busy.renew();
  await die(busy);
  expect(watching.isCalm()).toBe(false);
  // Another hears of it, too, and goes on hearing.
  await watching.renew();
  await other.renew();
  expect([watching.isCalm(), other.isCalm()]).toEqual([false, false]);
  await database.executor.query(`update run_losses set last_at = now() - interval '11 minutes'`);
  await watching.renew();
  expect(watching.isCalm()).toBe(true);

  run.abandon();
  for (const ledger of [idle, busy, watching, other]) await ledger.stopOwner();
});

it('where a run killed even a process of its own, the next of its plan begins in one, for an hour', async () => {
  const careful = createLedger({ pool: database.executor.pool, leaves: { from: 2, below: 3 } });
  await careful.startOwner();
  const ofPlan = (planHash: string) => testHeader({ planHash });
  const [guilty, next, kept, innocent] = [ofPlan('p-guilty'), ofPlan('p-guilty'), ofPlan('p-guilty'), ofPlan('p-innocent')];
  const first = reaper.forRun(guilty);
  await first.open(0);
  await database.executor.query('insert into run_losses (run_id, losses) values ($1, 2)', [guilty.runId]);
  const lone = createLedger({ pool: database.executor.pool });
  await lone.startOwner();
  first.abandon();
  await database.executor.query('update runs set owner = $1 where run_id = $2', [lone.ownerId(), guilty.runId]);
  expect(careful.isGuilty('p-guilty')).toBe(false);
  await database.executor.query(`update owners set lease_until = now() - interval '1 second' where owner = $1`, [lone.ownerId()]);
  await careful.renew();
  expect([careful.isGuilty('p-guilty'), careful.isGuilty('p-innocent')]).toEqual([true, false]);

  expect(await careful.forRun(next).open(0)).toMatchObject({ isOurs: false, isSuspect: true, ended: null, losses: 0 });
  const own = createLedger({ pool: database.executor.pool });
  await own.startOwner();
  const alone = own.forRun(next);
  expect(await alone.open(0)).toMatchObject({ isOurs: true, losses: 0 });
  // It has it: that is no reason to begin another one beside it.
  const besides = await careful.forRun(next).open(0);
  expect([besides.isOurs, besides.isSuspect]).toEqual([false, undefined]);
  expect(await alone.close({ ended: { status: 'succeeded', finishedAtMs: 1 } })).toBe('stored');
  expect(await careful.forRun(innocent).open(0)).toMatchObject({ isOurs: true });
  // What is to fail is taken.
  expect(await careful.forRun(guilty).open(0)).toMatchObject({ isOurs: true, losses: 3 });

  await database.executor.query(`update run_losses set last_at = now() - interval '61 minutes'`);
  await careful.renew();
  expect(careful.isGuilty('p-guilty')).toBe(false);
  expect(await careful.forRun(kept).open(0)).toMatchObject({ isOurs: true });
  for (const ledger of [own, lone, careful]) await ledger.stopOwner();
});

it('a process knows of guilty plans, and counts who died before it, when it starts', async () => {
  const dying = createLedger({ pool: database.executor.pool });
  await dying.startOwner();
  const header = testHeader({ planHash: 'p-known' });
  const { runId } = header;
  const held = dying.forRun(header);
  await held.open(0);
  await database.executor.query(`update owners set lease_until = now() - interval '1 second' where owner = $1`, [dying.ownerId()]);
  const second = createLedger({ pool: database.executor.pool });
  await second.startOwner();
  expect(await second.losses(runId)).toBe(1);
  // Counted by its own start.
  await second.forRun(header).open(0);
  await database.executor.query('update run_losses set losses = 2 where run_id = $1', [runId]);
  await database.executor.query(`update owners set lease_until = now() - interval '1 second' where owner = $1`, [second.ownerId()]);
  const careful = createLedger({ pool: database.executor.pool, leaves: { from: 2, below: 3 } });
  await careful.startOwner();
  expect(careful.isGuilty('p-known')).toBe(true);
  held.abandon();
  for (const ledger of [careful, second, dying]) await ledger.stopOwner();
});

it('a run that two processes died of before it had a row goes to a process of its own, and is not lost between them', async () => {
  const careful = createLedger({ pool: database.executor.pool, leaves: { from: 2, below: 3 } });
  const own = createLedger({ pool: database.executor.pool });
  for (const ledger of [careful, own]) await ledger.startOwner();
  const header = testHeader();
  await database.executor.query('insert into run_losses (run_id, losses) values ($1, 2)', [header.runId]);
  expect(await careful.forRun(header).open(0)).toMatchObject({ isOurs: false, isSuspect: true, losses: 2 });
  expect(await own.forRun(header).open(0)).toMatchObject({ isOurs: true, losses: 2 });
  for (const ledger of [careful, own]) await ledger.stopOwner();
});

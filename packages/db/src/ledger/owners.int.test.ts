import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { testHeader } from '../testing.ts';
import { openLedgerStand, type LedgerStand } from './testing/ledger-stand.ts';
import { attempt, ended, nowMs, outcome } from './testing/records.ts';

let stand: LedgerStand;

beforeAll(async () => {
  stand = await openLedgerStand(inject('adminUrl'));
});
afterAll(() => stand?.close());

describe('who may act (§3)', () => {
  it('a run is not taken from a live owner: the other process sends nothing and ends nothing', async () => {
    const header = testHeader();
    const mine = stand.ledger.forRun(header);
    expect(await mine.start(attempt('a'))).toBe(true);
    const other = (await stand.another()).forRun(header);
    await other.open(0);
    expect(await other.start(attempt('b'))).toBe(false);
    expect(await other.close(ended())).toBe('notOurs');
    expect(await mine.close(ended())).toBe('stored');
  });

  it('a process whose lease is gone sends and orders nothing more; its late answer is recorded as a fact that nobody took, and can be taken', async () => {
    const header = testHeader();
    const slow = await stand.another();
    const frozen = slow.forRun(header);
    await frozen.start(attempt('a'));
    await stand.kill(slow);
    const next = stand.ledger.forRun(header);
    expect((await next.open(0)).open).toMatchObject([{ nodeId: 'a', status: 'started', owner: slow.ownerId() }]);
    next.record(outcome('r', 1, { class: 'read' }));
    expect(await next.close({ waiting: { waitsFor: { kind: 'outcome' } } })).toBe('stored');
    frozen.record(outcome('a', 1));
    frozen.record(outcome('c', 2, { class: 'read' }));
    expect(await frozen.start(attempt('b'))).toBe(false);
    expect(await frozen.close(ended())).toBe('notOurs');
    await expect
      .poll(async () => stand.rowsOf(header.runId))
      .toEqual([
        { name: 'r#1', seq: 1, status: 'done' },
        { name: 'a#1', seq: null, status: 'done' },
      ]);
    const after = stand.ledger.forRun(header);
    expect(await after.open(1)).toMatchObject({ open: [], outcomes: [outcome('a', 0)] });
    after.record(outcome('a', 2));
    expect(await after.flush()).toBe(true);
    expect((await stand.rowsOf(header.runId)).map((row) => [row.name, row.seq])).toEqual([
      ['r#1', 1],
      ['a#1', 2],
    ]);
  });

  it('flushes in the middle of a segment leave the run’s row as it is, and write nothing once it is ended or another’s', async () => {
    const version = async (runId: string): Promise<unknown> =>
      (await stand.database.executor.query<{ row: string }>('select ctid::text as row from runs where run_id = $1', [runId])).rows[0]?.row;
    for (const change of [`status = 'canceled', owner = null`, `owner = null`, `owner = 'own_other'`]) {
      const header = testHeader();
      const run = stand.ledger.forRun(header);
      expect(await run.start(attempt('a'))).toBe(true);
      const before = await version(header.runId);
      run.record(outcome('a', 1));
      expect(await run.start(attempt('b'))).toBe(true);
      expect([await version(header.runId), await stand.statusOf(header.runId)]).toEqual([before, 'running']);
      await stand.database.executor.query(`update runs set ${change} where run_id = $1`, [header.runId]);
      run.record(outcome('b', 2));
      expect(await run.start(attempt('c'))).toBe(false);
      expect((await stand.rowsOf(header.runId)).map(({ name }) => name).toSorted()).toEqual(['a#1', 'b#1']);
    }
  });

  it('a first segment that froze before its first flush cannot take a run that went on without it', async () => {
    const header = testHeader();
    const frozen = stand.ledger.forRun(header);
    const next = (await stand.another()).forRun(header);
    await next.open(0);
    await next.close({ waiting: { waitsFor: { kind: 'timer' } } });
    expect(await frozen.start(attempt('a'))).toBe(false);
    expect(await stand.rowsOf(header.runId)).toEqual([]);
  });

  it('the end is decided once; whoever comes later is told how it ended', async () => {
    const header = testHeader();
    const run = stand.ledger.forRun(header);
    expect(await run.close(ended('failed'))).toBe('stored');
    const late = stand.ledger.forRun(header);
    expect(await late.close(ended())).toBe('failed');
    const opened = await (await stand.another()).forRun(header).open(0);
    expect(opened.ended).toEqual({ status: 'failed', finishedAtMs: nowMs + 10 });
    expect(await stand.statusOf(header.runId)).toBe('failed');
  });

  it('an earlier segment of the same process can order nothing once the next one is open', async () => {
    const header = testHeader();
    const first = stand.ledger.forRun(header);
    await first.start(attempt('a'));
    const second = stand.ledger.forRun(header);
    await second.open(0);
    first.record(outcome('x', 1, { class: 'read' }));
    expect(await first.start(attempt('b'))).toBe(false);
    second.record(outcome('y', 1, { class: 'read' }));
    expect(await second.flush()).toBe(true);
    expect((await stand.rowsOf(header.runId)).map((row) => row.name)).toEqual(['y#1', 'a#1']);
  });

  it('what a closed or abandoned segment still learns does not disturb the next one of the same process', async () => {
    const header = testHeader();
    const first = stand.ledger.forRun(header);
    await first.start(attempt('a'));
    await first.close({ waiting: { waitsFor: null } });
    const second = stand.ledger.forRun(header);
    await second.open(0);
    first.record(outcome('a', 0));
    await expect.poll(async () => (await stand.rowsOf(header.runId)).map((row) => row.status)).toEqual(['done']);
    expect(await second.start(attempt('b'))).toBe(true);
    second.abandon();
    const third = stand.ledger.forRun(header);
    await third.open(0);
    expect(await third.start(attempt('c'))).toBe(true);
    expect(await third.close(ended())).toBe('stored');
  });

  it('a waiting run, and one whose segment was given up, may be taken by any process', async () => {
    const header = testHeader();
    const first = stand.ledger.forRun(header);
    await first.close({ waiting: { waitsFor: null } });
    const second = (await stand.another()).forRun(header);
    await second.open(0);
    expect(await second.start(attempt('a'))).toBe(true);
    second.abandon();
    await expect
      .poll(
        async () => (await stand.database.executor.query('select 1 from runs where run_id = $1 and owner is null', [header.runId])).count,
      )
      .toBe(1);
    const third = stand.ledger.forRun(header);
    await third.open(0);
    expect(await third.close(ended())).toBe('stored');
  });

  it('a process that renews and finds no row stops its segments and becomes somebody else', async () => {
    const victim = await stand.another();
    const before = victim.ownerId();
    const run = victim.forRun(testHeader());
    await run.start(attempt('a'));
    let lost = 0;
    victim.onLost(() => {
      lost += 1;
    });
    await stand.kill(victim);
    await victim.renew();
    expect([lost, victim.ownerId() === before]).toEqual([1, false]);
    expect(await run.start(attempt('b'))).toBe(false);
    expect(await victim.forRun(testHeader()).start(attempt('a'))).toBe(true);
  });

  it('a process that could not renew for 7 s starts no send', async () => {
    let monotonicMs = 0;
    const stale = await stand.another({ nowMs: () => Date.now(), monotonicMs: () => monotonicMs });
    const header = testHeader();
    const run = stale.forRun(header);
    monotonicMs = 6999;
    expect(await run.start(attempt('a'))).toBe(true);
    monotonicMs = 7000;
    await expect(run.start(attempt('b'))).rejects.toMatchObject({ code: 'lease_stale' });
    expect((await stand.rowsOf(header.runId)).map((row) => row.name)).toEqual(['a#1']);
  });

  it('a dead process is reaped, and the runs in its list are counted as lost', async () => {
    const dying = await stand.another();
    const header = testHeader();
    await dying.forRun(header).start(attempt('a'));
    await dying.renew();
    await expect
      .poll(
        async () => {
          await stand.database.executor.query(`update owners set lease_until = now() - interval '1 second' where owner = $1`, [
            dying.ownerId(),
          ]);
          await stand.ledger.renew();
          return stand.ledger.losses(header.runId);
        },
        { timeout: 15_000, interval: 500 },
      )
      .toBe(1);
    const next = stand.ledger.forRun(header);
    await next.open(0);
    expect(await next.close(ended())).toBe('stored');
  });
});

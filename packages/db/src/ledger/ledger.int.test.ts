import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { derivedId } from '@millwright/core/ids-node';
import { newId } from '@millwright/core';
import type { NodeRunRecord, Outcome, RunEnd, StartedAttempt } from '@millwright/workflow';
import type { Database } from '../database.ts';
import { encodePayload } from '../payload.ts';
import * as deliveries from '../repositories/runs/deliveries.ts';
import * as runData from '../repositories/runs/run-data.ts';
import * as runs from '../repositories/runs/runs.ts';
import { createTestDatabase, testHeader, type TestDatabase } from '../testing.ts';
import { createLedger, type Ledger } from './ledger.ts';

let test: TestDatabase;
let database: Database;
let ledger: Ledger;
const others: Ledger[] = [];

beforeAll(async () => {
  test = await createTestDatabase(inject('adminUrl'));
  database = await test.open();
  ledger = await anotherLedger();
});
afterAll(async () => {
  await Promise.all(others.map(async (other) => other.stopOwner()));
  await test.drop();
});

/** Another process, as far as Postgres can tell. */
async function anotherLedger(): Promise<Ledger> {
  const other = createLedger({ pool: database.executor.pool, listen: database.listen });
  await other.startOwner();
  others.push(other);
  return other;
}

async function asAdmin(statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: inject('adminUrl') });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

async function killed(victim: Ledger): Promise<void> {
  await database.executor.query('delete from owners where owner = $1', [victim.ownerId()]);
}

const nowMs = 1_790_000_000_000;
const attempt = (nodeId: string, n = 1): StartedAttempt => ({
  nodeId,
  runIndex: 0,
  itemIndex: 0,
  attempt: n,
  class: 'write',
  requestHash: `hash-${nodeId}`,
  startedAtMs: nowMs,
});
const outcome = (nodeId: string, seq: number, more: Partial<Outcome> = {}): Outcome => ({
  nodeId,
  runIndex: 0,
  itemIndex: 0,
  attempt: 1,
  class: 'write',
  seq,
  status: 'done',
  response: { from: nodeId },
  startedAtMs: nowMs,
  finishedAtMs: nowMs + 5,
  ...more,
});
const nodeRun = (nodeId: string, more: Partial<NodeRunRecord> = {}): NodeRunRecord => ({
  nodeId,
  runIndex: 0,
  status: 'succeeded',
  attempts: 1,
  startedAtMs: nowMs,
  finishedAtMs: nowMs + 1,
  inputs: {},
  outputs: {},
  ...more,
});
const ended = (status: RunEnd['status'] = 'succeeded'): { readonly ended: RunEnd } => ({ ended: { status, finishedAtMs: nowMs + 10 } });

async function rowsOf(runId: string): Promise<readonly { readonly name: string; readonly seq: number | null; readonly status: string }[]> {
  const result = await database.executor.query<{ node_id: string; seq: string | null; status: string; attempt: number }>(
    'select node_id, seq, status, attempt from attempts where run_id = $1 order by seq nulls last, node_id, attempt',
    [runId],
  );
  return result.rows.map((row) => ({
    name: `${row.node_id}#${String(row.attempt)}`,
    seq: row.seq === null ? null : Number(row.seq),
    status: row.status,
  }));
}
async function statusOf(runId: string): Promise<string | undefined> {
  return (await database.executor.query<{ status: string }>('select status from runs where run_id = $1', [runId])).rows[0]?.status;
}

describe('order (§2)', () => {
  it('the commit that stores a started write stores every outcome queued before it', async () => {
    const header = testHeader();
    const run = ledger.forRun(header);
    run.record(outcome('read', 1, { class: 'read' }));
    expect(await run.start(attempt('write'))).toBe(true);
    expect(await rowsOf(header.runId)).toEqual([
      { name: 'read#1', seq: 1, status: 'done' },
      { name: 'write#1', seq: null, status: 'started' },
    ]);
  });

  it('a run’s rows are stored as a prefix of its order, whatever the load', async () => {
    const header = testHeader();
    const run = ledger.forRun(header);
    for (let seq = 1; seq <= 40; seq++) {
      run.record(outcome(`n${String(seq)}`, seq, { class: 'read' }));
      if (seq % 7 === 0) await run.flush();
      const stored = (await rowsOf(header.runId)).map((row) => row.seq);
      expect(stored).toEqual(stored.map((_seq, index) => index + 1));
    }
    await run.close(ended());
    expect(await rowsOf(header.runId)).toHaveLength(40);
  });

  it('a done leaves by itself, and a segment that opens again reads outcomes after its state in order', async () => {
    const header = testHeader();
    const run = ledger.forRun(header);
    await run.start(attempt('a'));
    run.record(outcome('a', 1));
    run.record(outcome('b', 2, { class: 'read', response: ['\u0000', '\uD800', 'ü'.repeat(4000)] }));
    await expect.poll(async () => (await rowsOf(header.runId)).map((row) => row.status)).toEqual(['done', 'done']);
    const again = ledger.forRun(header);
    const opened = await again.open(1);
    expect(opened).toMatchObject({ ended: null, open: [], cancelRequested: false });
    expect(opened.outcomes).toEqual([outcome('b', 2, { class: 'read', response: ['\u0000', '\uD800', 'ü'.repeat(4000)] })]);
  });

  it('a write without an answer is found open, and its later outcome settles that row', async () => {
    const header = testHeader();
    await ledger.forRun(header).start(attempt('a'));
    const again = ledger.forRun(header);
    const opened = await again.open(0);
    expect(opened.open).toEqual([{ ...attempt('a'), status: 'started', owner: ledger.ownerId() }]);
    again.record({ ...attempt('a'), seq: 1, status: 'unknown', finishedAtMs: nowMs });
    expect(await again.flush()).toBe(true);
    expect(await rowsOf(header.runId)).toEqual([{ name: 'a#1', seq: 1, status: 'unknown' }]);
    expect((await ledger.forRun(header).open(0)).outcomes.map((o) => [o.seq, o.status])).toEqual([[1, 'unknown']]);
  });

  it('node runs: the latest state wins, and what one gave another is stored once and found for both', async () => {
    const header = testHeader();
    const items = [{ json: { text: 'x'.repeat(2000) + '\u0000' } }];
    const ref = { id: 'a:0:main', count: 1, sizeBytes: 2010, inline: items };
    const run = ledger.forRun(header);
    run.nodeRun(nodeRun('a', { status: 'running', outputs: {} }));
    run.nodeRun(nodeRun('a', { outputs: { main: ref } }));
    run.nodeRun(nodeRun('b', { inputs: { main: ref }, error: { code: 'x', message: 'bad \u0000 \uD800 text' } }));
    expect(await run.close({ waiting: { waitsFor: { kind: 'timer', untilMs: 5 } } })).toBe('stored');
    await database.tenant(header.workspaceId, async (tx) => {
      expect(await runs.nodeRuns(tx, header.runId)).toMatchObject([
        { nodeId: 'a', status: 'succeeded', outputCounts: { main: 1 } },
        { nodeId: 'b', inputCounts: { main: 1 }, error: { message: 'bad  \uFFFD text' } },
      ]);
      expect(await runData.nodeRunData(tx, { runId: header.runId, nodeId: 'b', runIndex: 0 })).toEqual({
        inputs: { main: ref },
        outputs: {},
        console: null,
      });
      expect(await runs.get(tx, header.runId)).toMatchObject({ status: 'waiting', waitsFor: { kind: 'timer', untilMs: 5 } });
      expect((await runData.latestOutputs(tx, header.workflowId)).nodes).toEqual({ a: { main: ref } });
    });
    const stored = await database.executor.query<{ size: number }>(
      'select length(inputs) as size from node_runs where run_id = $1 and node_id = $2',
      [header.runId, 'b'],
    );
    expect(stored.rows[0]?.size).toBeLessThan(100);
  });

  it('a workflow that keeps no data keeps the facts only', async () => {
    const header = testHeader({ save: 'failures' });
    const run = ledger.forRun(header);
    await run.start(attempt('a'));
    run.record(outcome('a', 1));
    run.nodeRun(nodeRun('a', { outputs: { main: { id: 'a:0:main', count: 3, sizeBytes: 9, inline: [{ json: 1 }] } } }));
    await run.close(ended());
    const left = await database.executor.query(
      'select 1 from node_runs where run_id = $1 and outputs is not null union all select 1 from attempts where run_id = $1 and response is not null',
      [header.runId],
    );
    expect(left.rows).toEqual([]);
    await database.tenant(header.workspaceId, async (tx) => {
      expect(await runs.nodeRuns(tx, header.runId)).toMatchObject([{ outputCounts: { main: 3 } }]);
    });
  });
});

describe('who may act (§3)', () => {
  it('a run is not taken from a live owner: the other process sends nothing and ends nothing', async () => {
    const header = testHeader();
    const mine = ledger.forRun(header);
    expect(await mine.start(attempt('a'))).toBe(true);
    const other = (await anotherLedger()).forRun(header);
    await other.open(0);
    expect(await other.start(attempt('b'))).toBe(false);
    expect(await other.close(ended())).toBe('notOurs');
    expect(await mine.close(ended())).toBe('stored');
  });

  it('a process whose lease is gone sends and orders nothing more; its late answer is recorded as a fact that nobody took, and can be taken', async () => {
    const header = testHeader();
    const slow = await anotherLedger();
    const frozen = slow.forRun(header);
    await frozen.start(attempt('a'));
    await killed(slow);
    const next = ledger.forRun(header);
    expect((await next.open(0)).open).toMatchObject([{ nodeId: 'a', status: 'started', owner: slow.ownerId() }]);
    next.record(outcome('r', 1, { class: 'read' }));
    expect(await next.close({ waiting: { waitsFor: { kind: 'outcome' } } })).toBe('stored');
    frozen.record(outcome('a', 1));
    frozen.record(outcome('c', 2, { class: 'read' }));
    expect(await frozen.start(attempt('b'))).toBe(false);
    expect(await frozen.close(ended())).toBe('notOurs');
    await expect
      .poll(async () => rowsOf(header.runId))
      .toEqual([
        { name: 'r#1', seq: 1, status: 'done' },
        { name: 'a#1', seq: null, status: 'done' },
      ]);
    const after = ledger.forRun(header);
    expect(await after.open(1)).toMatchObject({ open: [], outcomes: [outcome('a', 0)] });
    after.record(outcome('a', 2));
    expect(await after.flush()).toBe(true);
    expect((await rowsOf(header.runId)).map((row) => [row.name, row.seq])).toEqual([
      ['r#1', 1],
      ['a#1', 2],
    ]);
  });

  it('flushes in the middle of a segment leave the run’s row as it is, and write nothing once it is ended or another’s', async () => {
    const version = async (runId: string): Promise<unknown> =>
      (await database.executor.query<{ row: string }>('select ctid::text as row from runs where run_id = $1', [runId])).rows[0]?.row;
    for (const change of [`status = 'canceled', owner = null`, `owner = null`, `owner = 'own_other'`]) {
      const header = testHeader();
      const run = ledger.forRun(header);
      expect(await run.start(attempt('a'))).toBe(true);
      const before = await version(header.runId);
      run.record(outcome('a', 1));
      expect(await run.start(attempt('b'))).toBe(true);
      expect([await version(header.runId), await statusOf(header.runId)]).toEqual([before, 'running']);
      await database.executor.query(`update runs set ${change} where run_id = $1`, [header.runId]);
      run.record(outcome('b', 2));
      expect(await run.start(attempt('c'))).toBe(false);
      expect((await rowsOf(header.runId)).map(({ name }) => name).toSorted()).toEqual(['a#1', 'b#1']);
    }
  });

  it('a first segment that froze before its first flush cannot take a run that went on without it', async () => {
    const header = testHeader();
    const frozen = ledger.forRun(header);
    const next = (await anotherLedger()).forRun(header);
    await next.open(0);
    await next.close({ waiting: { waitsFor: { kind: 'timer' } } });
    expect(await frozen.start(attempt('a'))).toBe(false);
    expect(await rowsOf(header.runId)).toEqual([]);
  });

  it('the end is decided once; whoever comes later is told how it ended', async () => {
    const header = testHeader();
    const run = ledger.forRun(header);
    expect(await run.close(ended('failed'))).toBe('stored');
    const late = ledger.forRun(header);
    expect(await late.close(ended())).toBe('failed');
    const opened = await (await anotherLedger()).forRun(header).open(0);
    expect(opened.ended).toEqual({ status: 'failed', finishedAtMs: nowMs + 10 });
    expect(await statusOf(header.runId)).toBe('failed');
  });

  it('an earlier segment of the same process can order nothing once the next one is open', async () => {
    const header = testHeader();
    const first = ledger.forRun(header);
    await first.start(attempt('a'));
    const second = ledger.forRun(header);
    await second.open(0);
    first.record(outcome('x', 1, { class: 'read' }));
    expect(await first.start(attempt('b'))).toBe(false);
    second.record(outcome('y', 1, { class: 'read' }));
    expect(await second.flush()).toBe(true);
    expect((await rowsOf(header.runId)).map((row) => row.name)).toEqual(['y#1', 'a#1']);
  });

  it('what a closed or abandoned segment still learns does not disturb the next one of the same process', async () => {
    const header = testHeader();
    const first = ledger.forRun(header);
    await first.start(attempt('a'));
    await first.close({ waiting: { waitsFor: null } });
    const second = ledger.forRun(header);
    await second.open(0);
    first.record(outcome('a', 0));
    await expect.poll(async () => (await rowsOf(header.runId)).map((row) => row.status)).toEqual(['done']);
    expect(await second.start(attempt('b'))).toBe(true);
    second.abandon();
    const third = ledger.forRun(header);
    await third.open(0);
    expect(await third.start(attempt('c'))).toBe(true);
    expect(await third.close(ended())).toBe('stored');
  });

  it('a waiting run, and one whose segment was given up, may be taken by any process', async () => {
    const header = testHeader();
    const first = ledger.forRun(header);
    await first.close({ waiting: { waitsFor: null } });
    const second = (await anotherLedger()).forRun(header);
    await second.open(0);
    expect(await second.start(attempt('a'))).toBe(true);
    second.abandon();
    await expect
      .poll(async () => (await database.executor.query('select 1 from runs where run_id = $1 and owner is null', [header.runId])).count)
      .toBe(1);
    const third = ledger.forRun(header);
    await third.open(0);
    expect(await third.close(ended())).toBe('stored');
  });

  it('a process that renews and finds no row stops its segments and becomes somebody else', async () => {
    const victim = await anotherLedger();
    const before = victim.ownerId();
    const run = victim.forRun(testHeader());
    await run.start(attempt('a'));
    let lost = 0;
    victim.onLost(() => {
      lost += 1;
    });
    await killed(victim);
    await victim.renew();
    expect([lost, victim.ownerId() === before]).toEqual([1, false]);
    expect(await run.start(attempt('b'))).toBe(false);
    expect(await victim.forRun(testHeader()).start(attempt('a'))).toBe(true);
  });

  it('a process that could not renew for 7 s starts no send', async () => {
    let monotonicMs = 0;
    const stale = createLedger({ pool: database.executor.pool, clock: { nowMs: () => Date.now(), monotonicMs: () => monotonicMs } });
    await stale.startOwner();
    others.push(stale);
    const header = testHeader();
    const run = stale.forRun(header);
    monotonicMs = 6999;
    expect(await run.start(attempt('a'))).toBe(true);
    monotonicMs = 7000;
    await expect(run.start(attempt('b'))).rejects.toMatchObject({ code: 'lease_stale' });
    expect((await rowsOf(header.runId)).map((row) => row.name)).toEqual(['a#1']);
  });

  it('a dead process is reaped, and the runs in its list are counted as lost', async () => {
    const dying = await anotherLedger();
    const header = testHeader();
    await dying.forRun(header).start(attempt('a'));
    await dying.renew();
    await expect
      .poll(
        async () => {
          await database.executor.query(`update owners set lease_until = now() - interval '1 second' where owner = $1`, [dying.ownerId()]);
          await ledger.renew();
          return ledger.losses(header.runId);
        },
        { timeout: 15_000, interval: 500 },
      )
      .toBe(1);
    const next = ledger.forRun(header);
    await next.open(0);
    expect(await next.close(ended())).toBe('stored');
  });
});

describe('group commit (§2.3)', () => {
  it('runs of one moment share flushes', async () => {
    const before = { ...ledger.counts };
    await Promise.all(Array.from({ length: 100 }, async () => ledger.forRun(testHeader()).close(ended())));
    expect(ledger.counts.runs - before.runs).toBe(100);
    expect(ledger.counts.flushes - before.flushes).toBeLessThanOrEqual(4);
  });

  it.each([
    [
      'a response that cannot be written out',
      {
        response: {
          get broken(): string {
            throw new Error('no');
          },
        },
      },
      1,
    ],
    ['a fact that no column takes', { seq: 2 ** 70 }, 0],
  ])(
    'one refused run (%s) fails alone, with the facts that can be kept; the others of its flush are stored',
    async (_what, poison, rows) => {
      const headers = Array.from({ length: 10 }, () => testHeader());
      const results = await Promise.all(
        headers.map(async (header, index) => {
          const run = ledger.forRun(header);
          run.record(outcome('a', 1, { class: 'read', ...(index === 6 ? poison : {}) }));
          return run.close(ended());
        }),
      );
      expect(results).toEqual(headers.map((_header, index) => (index === 6 ? 'failed' : 'stored')));
      expect(await rowsOf(headers[6]?.runId ?? '')).toHaveLength(rows);
      expect((await ledger.forRun(headers[6] ?? testHeader()).open(0)).ended).toMatchObject({
        status: 'failed',
        error: { code: 'ledger_refused' },
      });
    },
  );

  it('flushes of two processes over the same runs never deadlock, and each run ends once', async () => {
    const rival = await anotherLedger();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 6 }),
        fc.string(),
        async (rounds, salt) => {
          const headers = Array.from({ length: 8 }, (_none, index) =>
            testHeader({ runId: derivedId('run', salt, String(index), newId('key')), workspaceId: newId('workspace') }),
          );
          const ends = await Promise.all(
            rounds.flatMap((round, at) =>
              round.flatMap((index) => {
                const header = headers[index];
                return header === undefined ? [] : [(at % 2 === 0 ? ledger : rival).forRun(header).close(ended())];
              }),
            ),
          );
          const touched = new Set(rounds.flat());
          expect(ends.filter((end) => end === 'stored').length).toBeLessThanOrEqual(touched.size);
          for (const index of touched) expect(await statusOf(headers[index]?.runId ?? '')).toBe('succeeded');
        },
      ),
      { numRuns: 15 },
    );
  });

  it('rows that could not be stored while Postgres was away are stored later, and whoever waited is told', async () => {
    const header = testHeader();
    const run = ledger.forRun(header);
    await run.start(attempt('a'));
    await asAdmin([
      `alter database ${test.name} connection limit 0`,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${test.name}'`,
    ]);
    try {
      run.record(outcome('a', 1));
      await expect(run.flush()).rejects.toMatchObject({ code: 'database_unavailable', retry: { afterMs: 1000 } });
      await expect(database.tenant(header.workspaceId, async (tx) => runs.get(tx, header.runId))).rejects.toMatchObject({
        code: 'database_unavailable',
      });
      await expect(database.ready()).rejects.toMatchObject({ code: 'database_unavailable' });
    } finally {
      await asAdmin([`alter database ${test.name} connection limit -1`]);
    }
    await expect.poll(async () => rowsOf(header.runId).catch(() => [])).toEqual([{ name: 'a#1', seq: 1, status: 'done' }]);
    const again = ledger.forRun(header);
    expect((await again.open(0)).outcomes).toHaveLength(1);
    expect(await again.close(ended())).toBe('stored');
    let heard = 0;
    database.listen('run_changed', () => {
      heard += 1;
    });
    await expect
      .poll(
        async () => {
          await ledger.forRun(testHeader()).close(ended());
          return heard;
        },
        { timeout: 10_000 },
      )
      .toBeGreaterThan(0);
  });

  it('a day without a partition gets one', async () => {
    const header = testHeader({ originDay: '2031-02-03' });
    const run = ledger.forRun(header);
    expect(await run.start(attempt('a'))).toBe(true);
    expect(await rowsOf(header.runId)).toHaveLength(1);
  });
});

describe('deliveries and replies (§6)', () => {
  it('the delivery and its reply go with the run, and a pending one becomes started', async () => {
    const delivery = { endpointId: newId('endpoint'), hash: 'h\u0000', hasId: true };
    const header = testHeader({ delivery: { ...delivery, hash: 'h' }, reply: 'respond' });
    const key = { endpointId: delivery.endpointId, hash: 'h' };
    expect(await deliveries.find(database.executor, key)).toBeNull();
    expect(
      await deliveries.storePending(database.executor, { ...key, workspaceId: header.workspaceId, runId: header.runId, input: { a: 1 } }),
    ).toBe(true);
    expect(
      await deliveries.storePending(database.executor, { ...key, workspaceId: header.workspaceId, runId: header.runId, input: { a: 1 } }),
    ).toBe(false);
    expect(await deliveries.listPending(database.executor)).toMatchObject([{ ...key, input: { a: 1 }, runId: header.runId }]);
    const run = ledger.forRun(header);
    run.reply({ status: 201, headers: { x: 'y' }, body: 'done' });
    expect(await run.flush()).toBe(true);
    expect(await deliveries.listPending(database.executor)).toEqual([]);
    await run.close(ended());
    expect(await deliveries.find(database.executor, key)).toMatchObject({
      runId: header.runId,
      status: 'started',
      runStatus: 'succeeded',
      reply: { status: 201, headers: { x: 'y' }, body: 'done' },
    });
  });
});

describe('changes are heard', () => {
  it('each flush says once per run that it changed; a cancel reaches the process that has the run open', async () => {
    const header = testHeader();
    const heard: string[] = [];
    const stop = database.listen('run_changed', (payload) => {
      if (payload.endsWith(header.runId)) heard.push(payload);
    });
    const run = ledger.forRun(header);
    await expect
      .poll(async () => {
        await run.start(attempt(`a${String(heard.length)}${String(Math.random())}`));
        return heard.length;
      })
      .toBeGreaterThan(0);
    expect(new Set(heard)).toEqual(new Set([`${header.workspaceId}:${header.runId}`]));
    let canceled = 0;
    ledger.cancels.onCancel(header.runId, () => {
      canceled += 1;
    });
    expect(await database.tenant(header.workspaceId, async (tx) => runs.requestCancel(tx, { runId: header.runId, by: null }))).toBe(true);
    await expect.poll(() => canceled).toBe(1);
    expect(ledger.cancels.requested(header.runId)).toBe(true);
    expect((await ledger.forRun(header).open(0)).cancelRequested).toBe(true);
    stop();
  });
});

it('payloads above 1 KB are deflated and come back to the byte', () => {
  expect(encodePayload('x'.repeat(100_000)).length).toBeLessThan(1000);
});

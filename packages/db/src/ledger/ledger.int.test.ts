import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newId } from '@millwright/core';
import { encodePayload } from '../payload.ts';
import * as deliveries from '../repositories/runs/deliveries.ts';
import * as runData from '../repositories/runs/run-data.ts';
import * as runs from '../repositories/runs/runs.ts';
import { testHeader } from '../testing.ts';
import { openLedgerStand, type LedgerStand } from './testing/ledger-stand.ts';
import { attempt, ended, nodeRun, nowMs, outcome } from './testing/records.ts';

let stand: LedgerStand;

beforeAll(async () => {
  stand = await openLedgerStand(inject('adminUrl'));
});
afterAll(() => stand?.close());

describe('order (§2)', () => {
  it('the commit that stores a started write stores every outcome queued before it', async () => {
    const header = testHeader();
    const run = stand.ledger.forRun(header);
    run.record(outcome('read', 1, { class: 'read' }));
    expect(await run.start(attempt('write'))).toBe(true);
    expect(await stand.rowsOf(header.runId)).toEqual([
      { name: 'read#1', seq: 1, status: 'done' },
      { name: 'write#1', seq: null, status: 'started' },
    ]);
  });

  it('a run’s rows are stored as a prefix of its order, whatever the load', async () => {
    const header = testHeader();
    const run = stand.ledger.forRun(header);
    for (let seq = 1; seq <= 40; seq++) {
      run.record(outcome(`n${String(seq)}`, seq, { class: 'read' }));
      if (seq % 7 === 0) await run.flush();
      const stored = (await stand.rowsOf(header.runId)).map((row) => row.seq);
      expect(stored).toEqual(stored.map((_seq, index) => index + 1));
    }
    await run.close(ended());
    expect(await stand.rowsOf(header.runId)).toHaveLength(40);
  });

  it('a done leaves by itself, and a segment that opens again reads outcomes after its state in order', async () => {
    const header = testHeader();
    const run = stand.ledger.forRun(header);
    await run.start(attempt('a'));
    run.record(outcome('a', 1));
    run.record(outcome('b', 2, { class: 'read', response: ['\u0000', '\uD800', 'ü'.repeat(4000)] }));
    await expect.poll(async () => (await stand.rowsOf(header.runId)).map((row) => row.status)).toEqual(['done', 'done']);
    const again = stand.ledger.forRun(header);
    const opened = await again.open(1);
    expect(opened).toMatchObject({ ended: null, open: [], cancelRequested: false });
    expect(opened.outcomes).toEqual([outcome('b', 2, { class: 'read', response: ['\u0000', '\uD800', 'ü'.repeat(4000)] })]);
  });

  it('a write without an answer is found open, and its later outcome settles that row', async () => {
    const header = testHeader();
    await stand.ledger.forRun(header).start(attempt('a'));
    const again = stand.ledger.forRun(header);
    const opened = await again.open(0);
    expect(opened.open).toEqual([{ ...attempt('a'), status: 'started', owner: stand.ledger.ownerId() }]);
    again.record({ ...attempt('a'), seq: 1, status: 'unknown', finishedAtMs: nowMs });
    expect(await again.flush()).toBe(true);
    expect(await stand.rowsOf(header.runId)).toEqual([{ name: 'a#1', seq: 1, status: 'unknown' }]);
    expect((await stand.ledger.forRun(header).open(0)).outcomes.map((o) => [o.seq, o.status])).toEqual([[1, 'unknown']]);
  });

  it('node runs: the latest state wins, and what one gave another is stored once and found for both', async () => {
    const header = testHeader();
    const items = [{ json: { text: 'x'.repeat(2000) + '\u0000' } }];
    const ref = { id: 'a:0:main', count: 1, sizeBytes: 2010, inline: items };
    const run = stand.ledger.forRun(header);
    run.nodeRun(nodeRun('a', { status: 'running', outputs: {} }));
    run.nodeRun(nodeRun('a', { outputs: { main: ref } }));
    run.nodeRun(nodeRun('b', { inputs: { main: ref }, error: { code: 'x', message: 'bad \u0000 \uD800 text' } }));
    expect(await run.close({ waiting: { waitsFor: { kind: 'timer', untilMs: 5 } } })).toBe('stored');
    await stand.database.tenant(header.workspaceId, async (tx) => {
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
    const stored = await stand.database.executor.query<{ size: number }>(
      'select length(inputs) as size from node_runs where run_id = $1 and node_id = $2',
      [header.runId, 'b'],
    );
    expect(stored.rows[0]?.size).toBeLessThan(100);
  });

  it('a workflow that keeps no data keeps the facts only', async () => {
    const header = testHeader({ save: 'failures' });
    const run = stand.ledger.forRun(header);
    await run.start(attempt('a'));
    run.record(outcome('a', 1));
    run.nodeRun(nodeRun('a', { outputs: { main: { id: 'a:0:main', count: 3, sizeBytes: 9, inline: [{ json: 1 }] } } }));
    await run.close(ended());
    const left = await stand.database.executor.query(
      'select 1 from node_runs where run_id = $1 and outputs is not null union all select 1 from attempts where run_id = $1 and response is not null',
      [header.runId],
    );
    expect(left.rows).toEqual([]);
    await stand.database.tenant(header.workspaceId, async (tx) => {
      expect(await runs.nodeRuns(tx, header.runId)).toMatchObject([{ outputCounts: { main: 3 } }]);
    });
  });
});

describe('deliveries and replies (§6)', () => {
  it('the delivery and its reply go with the run, and a pending one becomes started', async () => {
    const delivery = { endpointId: newId('endpoint'), hash: 'h\u0000', hasId: true };
    const header = testHeader({ delivery: { ...delivery, hash: 'h' }, reply: 'respond' });
    const key = { endpointId: delivery.endpointId, hash: 'h' };
    expect(await deliveries.find(stand.database.executor, key)).toBeNull();
    const store = deliveries.pendingStore(stand.database.executor);
    const pending = { ...key, workspaceId: header.workspaceId, runId: header.runId, input: { a: 1 } };
    expect(await store(pending)).toBe(true);
    expect(await store(pending)).toBe(false);
    expect(await deliveries.listPending(stand.database.executor)).toMatchObject([{ ...key, input: { a: 1 }, runId: header.runId }]);
    const run = stand.ledger.forRun(header);
    run.reply({ status: 201, headers: { x: 'y' }, body: 'done' });
    expect(await run.flush()).toBe(true);
    expect(await deliveries.listPending(stand.database.executor)).toEqual([]);
    await run.close(ended());
    expect(await deliveries.find(stand.database.executor, key)).toMatchObject({
      runId: header.runId,
      status: 'started',
      runStatus: 'succeeded',
      reply: { status: 201, headers: { x: 'y' }, body: 'done' },
    });
  });
});

describe('deliveries that come at once', () => {
  it('share statements: each is kept with its input, what comes twice is new once, what was there is not', async () => {
    const { executor } = stand.database;
    const store = deliveries.pendingStore(executor);
    const { workspaceId } = testHeader();
    const endpointId = newId('endpoint');
    const make = (n: number) => ({ workspaceId, endpointId, hash: `h${n}`, runId: newId('run'), input: { n, text: 'ü'.repeat(n * 100) } });
    const known = make(3);
    expect(await store(known)).toBe(true);
    const some = Array.from({ length: 20 }, (_none, n) => make(n));
    const results = await Promise.all([...some, ...some.slice(0, 5)].map(async (one) => store(one)));
    expect(results.slice(0, 20)).toEqual(some.map(({ hash }) => hash !== known.hash));
    expect(results.slice(20)).toEqual([false, false, false, false, false]);
    const found = (await deliveries.listPending(executor)).filter((one) => one.endpointId === endpointId);
    expect(new Map(found.map(({ hash, runId, input }) => [hash, { runId, input }]))).toEqual(
      new Map(some.map((one) => (one.hash === known.hash ? known : one)).map(({ hash, runId, input }) => [hash, { runId, input }])),
    );
  });

  it('one that Postgres refuses is told so; the others are kept', async () => {
    const store = deliveries.pendingStore(stand.database.executor);
    const { workspaceId } = testHeader();
    const endpointId = newId('endpoint');
    const results = await Promise.allSettled(
      ['a', 'b\u0000', 'c'].map(async (hash) => store({ workspaceId, endpointId, hash, runId: newId('run'), input: null })),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});

describe('changes are heard', () => {
  it('each flush says once per run that it changed; a cancel reaches the process that has the run open', async () => {
    const header = testHeader();
    const heard: string[] = [];
    const stop = stand.database.listen('run_changed', (payload) => {
      if (payload.endsWith(header.runId)) heard.push(payload);
    });
    const run = stand.ledger.forRun(header);
    await expect
      .poll(async () => {
        await run.start(attempt(`a${String(heard.length)}${String(Math.random())}`));
        return heard.length;
      })
      .toBeGreaterThan(0);
    expect(new Set(heard)).toEqual(new Set([`${header.workspaceId}:${header.runId}`]));
    let canceled = 0;
    stand.ledger.cancels.onCancel(header.runId, () => {
      canceled += 1;
    });
    expect(await stand.database.tenant(header.workspaceId, async (tx) => runs.requestCancel(tx, { runId: header.runId, by: null }))).toBe(
      true,
    );
    await expect.poll(() => canceled).toBe(1);
    expect(stand.ledger.cancels.requested(header.runId)).toBe(true);
    expect((await stand.ledger.forRun(header).open(0)).cancelRequested).toBe(true);
    stop();
  });
});

it('payloads above 1 KB are deflated and come back to the byte', () => {
  expect(encodePayload('x'.repeat(100_000)).length).toBeLessThan(1000);
});

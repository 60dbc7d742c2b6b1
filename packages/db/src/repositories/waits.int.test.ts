import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunId } from '@millwright/core';
import type { RunHeader, RunParent } from '@millwright/workflow';
import type { Database } from '../database.ts';
import { createLedger, type Ledger } from '../ledger/ledger.ts';
import { createTestDatabase, testHeader, type TestDatabase } from '../testing.ts';
import * as livePlans from './live-plans.ts';
import * as runData from './runs/run-data.ts';
import * as runs from './runs/runs.ts';
import * as steer from './runs/steer.ts';
import * as waits from './waits.ts';

let test: TestDatabase;
let database: Database;
let ledger: Ledger;

beforeAll(async () => {
  test = await createTestDatabase(inject('adminUrl'));
  database = await test.open();
  ledger = createLedger({ pool: database.executor.pool, listen: database.listen });
  await ledger.startOwner();
});
afterAll(async () => {
  await ledger.stopOwner();
  await test.drop();
});

const parentOf = ({ runId }: RunHeader, more: Partial<RunParent> = {}): RunParent => ({
  runId,
  nodeId: 'call',
  runIndex: 0,
  itemIndex: 1,
  attempt: 1,
  depth: 1,
  waits: true,
  ...more,
});

async function waiting(header: RunHeader): Promise<void> {
  await ledger.forRun(header).close({ waiting: { waitsFor: null } });
}

async function decisionsOf(header: RunHeader) {
  const opened = ledger.forRun(header);
  const { decisions } = await opened.open(0);
  await opened.close({ waiting: { waitsFor: null } });
  return decisions ?? [];
}

async function canceled(header: RunHeader): Promise<boolean> {
  return database.tenant(header.workspaceId, async (tx) => (await runs.get(tx, header.runId))?.cancelRequestedAt !== null);
}

describe('a run that was called', () => {
  it('tells its caller how it ended with its own end, with what it gave to the letter', async () => {
    const caller = testHeader();
    await waiting(caller);
    const child = testHeader({ workspaceId: caller.workspaceId, mode: 'called', parent: parentOf(caller) });
    const result = { id: ':0:result', count: 1, sizeBytes: 9, inline: [{ json: { a: null, b: 'x\u0000\ud800' } }] };
    await ledger.forRun(child).close({ ended: { status: 'succeeded', finishedAtMs: 5, result } });
    expect(await decisionsOf(caller)).toMatchObject([
      {
        kind: 'child',
        nodeId: 'call',
        itemIndex: 1,
        attempt: 1,
        decision: { status: 'succeeded', runId: child.runId, items: result, error: null },
      },
    ]);
    expect(await livePlans.calledRun(database.executor, child)).toMatchObject({ callerRunId: caller.runId, end: { items: result } });
  });

  it('is found by the node run that called it, and by the run that goes on with its caller', async () => {
    const caller = testHeader();
    await waiting(caller);
    const child = testHeader({ workspaceId: caller.workspaceId, mode: 'called', parent: parentOf(caller) });
    await ledger.forRun(child).close({ ended: { status: 'succeeded', finishedAtMs: 5 } });
    const resumed = testHeader({
      workspaceId: caller.workspaceId,
      resumes: { runId: caller.runId, originRunId: caller.runId, originStartedAtMs: caller.startedAtMs },
    });
    await waiting(resumed);
    const called = (runId: RunId, runIndex: number) =>
      database.tenant(caller.workspaceId, (tx) => runData.calledRuns(tx, { runId, nodeId: 'call', runIndex }));
    const found = [{ itemIndex: 1, runId: child.runId, status: 'succeeded' }];
    expect([await called(caller.runId, 0), await called(caller.runId, 1), await called(resumed.runId, 0)]).toEqual([found, [], found]);
  });

  it('says nothing to a caller that does not wait, and a failure is told once', async () => {
    const caller = testHeader();
    await waiting(caller);
    const quiet = testHeader({ workspaceId: caller.workspaceId, parent: parentOf(caller, { waits: false }) });
    await ledger.forRun(quiet).close({ ended: { status: 'succeeded', finishedAtMs: 5 } });
    const loud = testHeader({ workspaceId: caller.workspaceId, parent: parentOf(caller) });
    await waiting(loud);
    const run = ledger.forRun(loud);
    await run.open(0);
    await run.close({ ended: { status: 'failed', reason: 'error', error: { code: 'bad', message: 'no' }, finishedAtMs: 5 } });
    expect(await decisionsOf(caller)).toMatchObject([{ decision: { status: 'failed', error: { code: 'bad' }, items: null } }]);
  });

  it('is canceled with its caller, and theirs with it, be it that it begins only then', async () => {
    const top = testHeader();
    const { workspaceId } = top;
    const middle = testHeader({ workspaceId, parent: parentOf(top) });
    const leaf = testHeader({ workspaceId, parent: parentOf(middle, { waits: false, depth: 2 }) });
    for (const header of [top, middle, leaf]) await waiting(header);
    await database.tenant(workspaceId, async (tx) => runs.requestCancel(tx, { runId: top.runId, by: null }));
    expect([await canceled(middle), await canceled(leaf)]).toEqual([true, true]);
    const late = testHeader({ workspaceId, parent: parentOf(top, { itemIndex: 2 }) });
    expect((await ledger.forRun(late).open(0)).cancelRequested).toBe(true);
  });

  it('is canceled when its caller is terminated', async () => {
    const top = testHeader();
    const { workspaceId } = top;
    const called = testHeader({ workspaceId, parent: parentOf(top, { waits: false }) });
    for (const header of [top, called]) await waiting(header);
    await steer.terminate(database.executor, { workspaceId, runId: top.runId, by: null });
    expect(await canceled(called)).toBe(true);
  });

  it('is canceled when a caller that waits for it fails, and goes on when nobody waits', async () => {
    const caller = testHeader();
    const { workspaceId } = caller;
    const awaited = testHeader({ workspaceId, parent: parentOf(caller) });
    const free = testHeader({ workspaceId, parent: parentOf(caller, { waits: false }) });
    for (const header of [awaited, free]) await waiting(header);
    await ledger.forRun(caller).close({ ended: { status: 'failed', reason: 'error', finishedAtMs: 5 } });
    expect([await canceled(awaited), await canceled(free)]).toEqual([true, false]);
  });
});

const SENT = { nodeId: 'w', runIndex: 0, itemIndex: 0, attempt: 1, class: 'write', startedAtMs: 1 } as const;

/** A run that asks what became of a call, and the process that still has it though its lease is over. */
async function askedRun() {
  const slow = createLedger({ pool: database.executor.pool });
  await slow.startOwner();
  const header = testHeader();
  const frozen = slow.forRun(header);
  await frozen.start({ ...SENT, requestHash: 'h' });
  await database.executor.query('delete from owners where owner = $1', [slow.ownerId()]);
  const run = ledger.forRun(header);
  await run.open(0);
  const waitsFor = { kind: 'outcome' } as const;
  run.nodeRun({ nodeId: 'w', runIndex: 0, status: 'waiting', waitsFor, attempts: 1, startedAtMs: 1, inputs: {}, outputs: {} });
  await run.close({ waiting: { waitsFor } });
  return { slow, header, frozen };
}

describe('a decision', () => {
  it('about a credential is one per held call, those of another credential excepted, and again when it dies again', async () => {
    const header = testHeader();
    const { runId, workspaceId } = header;
    const waitsFor = { kind: 'credential', who: 'cred_1' } as const;
    const hold = async (attempt: number, credentials: readonly string[]) => {
      const run = ledger.forRun(header);
      await run.open(0);
      for (const [itemIndex, credentialId] of credentials.entries())
        run.record({
          nodeId: 'w',
          runIndex: 0,
          itemIndex,
          attempt,
          class: 'write',
          status: 'notSent',
          startedAtMs: 1,
          finishedAtMs: 2,
          seq: attempt * 10 + itemIndex,
          error: { code: 'credential_reconnect', message: 'revoked', kind: 'auth', credentialId },
        });
      run.nodeRun({ nodeId: 'w', runIndex: 0, status: 'waiting', waitsFor, attempts: 1, startedAtMs: 1, inputs: {}, outputs: {} });
      await run.close({ waiting: { waitsFor } });
    };
    const reconnected = () =>
      database.tenant(workspaceId, async (tx) =>
        waits.decide(tx, { runId, nodeId: 'w', runIndex: 0, kind: 'credential', decision: { reconnected: true }, by: null }),
      );
    const about = async () => (await decisionsOf(header)).map((one) => [one.kind, one.itemIndex, one.attempt]);
    await hold(1, ['cred_1', 'cred_2', 'cred_1']);
    expect(await reconnected()).toBe('decided');
    expect(await about()).toEqual([
      ['credential', 0, 1],
      ['credential', 2, 1],
    ]);
    expect(await reconnected()).toBe('alreadyDecided');
    await hold(2, ['cred_1']);
    expect(await reconnected()).toBe('decided');
    expect(await about()).toContainEqual(['credential', 0, 2]);
  });

  it('about a lost answer is one per item and try, and is refused where nothing is asked', async () => {
    const header = testHeader();
    const { runId, workspaceId } = header;
    const run = ledger.forRun(header);
    for (const itemIndex of [0, 3])
      await run.start({ nodeId: 'w', runIndex: 0, itemIndex, attempt: 1, class: 'write', requestHash: 'h', startedAtMs: 1 });
    const waitsFor = { kind: 'outcome' } as const;
    run.nodeRun({ nodeId: 'w', runIndex: 0, status: 'waiting', waitsFor, attempts: 1, startedAtMs: 1, inputs: {}, outputs: {} });
    await run.close({ waiting: { waitsFor } });
    const decide = async (answer: string, itemIndex?: number, nodeId = 'w') =>
      database.tenant(workspaceId, async (tx) =>
        waits.decide(tx, {
          runId,
          nodeId,
          runIndex: 0,
          kind: 'outcome',
          decision: { answer },
          by: 'user_1',
          ...(itemIndex === undefined ? {} : { itemIndex }),
        }),
      );
    expect(await decide('done', 1)).toBe('notWaiting');
    expect(await decide('done', 0, 'other')).toBe('notWaiting');
    expect(await decide('done', 3)).toBe('decided');
    expect(await decide('notDone', 3)).toBe('alreadyDecided');
    expect(await decide('sendAgain')).toBe('decided');
    expect((await decisionsOf(header)).map((one) => [one.itemIndex, one.decision['answer'], one.by])).toEqual([
      [3, 'done', 'user_1'],
      [0, 'sendAgain', 'user_1'],
    ]);
    expect(await decide('done')).toBe('alreadyDecided');
    const last = ledger.forRun(header);
    await last.open(0);
    await last.start({ nodeId: 'w', runIndex: 0, itemIndex: 0, attempt: 2, class: 'write', requestHash: 'h', startedAtMs: 3 });
    // What a first answer sent again is under way: nobody asks about it.
    expect(await decide('notDone', 0)).toBe('alreadyDecided');
    await last.close({ ended: { status: 'succeeded', finishedAtMs: 9 } });
    expect(await decide('done')).toBe('runEnded');
  });

  it.each([
    ['done', { response: {} }],
    ['failed', { error: { code: 'refused', message: 'refused' } }],
    ['notSent', { error: { code: 'not_connected', message: 'not connected' } }],
  ] as const)('is not needed where the answer (%s) came after all: its run is stale until it took that', async (status, came) => {
    const { slow, header, frozen } = await askedRun();
    expect(await waits.staleRuns(database.executor, 0)).not.toContain(header.runId);
    const answer = { ...SENT, status, ...came, finishedAtMs: Date.now() - 1_000 } as const;
    frozen.record({ ...answer, seq: 0 });
    await frozen.flush();
    expect(await waits.staleRuns(database.executor, 0)).toContain(header.runId);
    const last = ledger.forRun(header);
    expect((await last.open(0)).outcomes).toMatchObject([{ nodeId: 'w', seq: 0, status }]);
    last.record({ ...answer, seq: 1 });
    await last.close({ ended: { status: 'succeeded', finishedAtMs: 9 } });
    expect(await waits.staleRuns(database.executor, 0)).not.toContain(header.runId);
    await slow.stopOwner();
  });

  it('is still needed where a try only says that it was taken back: that wakes nobody', async () => {
    const { slow, header, frozen } = await askedRun();
    frozen.record({ ...SENT, status: 'notSent', finishedAtMs: Date.now() - 1_000, seq: 0 });
    await frozen.flush();
    expect(await waits.staleRuns(database.executor, 0)).not.toContain(header.runId);
    await slow.stopOwner();
  });

  it('that nobody came for makes its run stale until it is taken; one for a run that has ended is put away', async () => {
    const caller = testHeader();
    await waiting(caller);
    const child = testHeader({ workspaceId: caller.workspaceId, parent: parentOf(caller) });
    await ledger.forRun(child).close({ ended: { status: 'succeeded', finishedAtMs: 5 } });
    expect(await waits.staleRuns(database.executor, 60_000)).not.toContain(caller.runId);
    expect(await waits.staleRuns(database.executor, 0)).toContain(caller.runId);
    const run = ledger.forRun(caller);
    await run.open(0);
    await run.close({ ended: { status: 'failed', reason: 'error', finishedAtMs: 6 } });
    expect(await waits.staleRuns(database.executor, 0)).not.toContain(caller.runId);
    const left = await database.executor.query<{ seq: string }>('select seq from waits where run_id = $1', [caller.runId]);
    expect(left.rows).toEqual([{ seq: '0' }]);
  });
});

describe('a failed run', () => {
  it('makes its handler due once, in the transaction of its end; a handler’s own failure makes none', async () => {
    const header = testHeader({ planHash: 'handled' });
    const { workspaceId } = header;
    const admin = test.url;
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: admin });
    await client.connect();
    await client.query(`insert into workspaces (id, name) values ($1, 'W')`, [workspaceId]);
    await client.query(
      `insert into plans (workspace_id, plan_hash, workflow_name, skeleton, settings) values ($1, 'handled', 'W', '{}', '{"onFailure": "wf_handler"}')`,
      [workspaceId],
    );
    await client.end();
    const fail = {
      ended: { status: 'failed', reason: 'error', error: { code: 'bad', message: 'no', nodeId: 'a' }, finishedAtMs: 5 },
    } as const;
    await ledger.forRun(header).close(fail);
    await ledger.forRun(testHeader({ workspaceId, planHash: 'handled', mode: 'failure', failureOf: header.runId })).close(fail);
    await ledger
      .forRun(testHeader({ workspaceId, planHash: 'handled' }))
      .close({ ended: { status: 'canceled', reason: 'user', finishedAtMs: 5 } });
    const due = await livePlans.dueFailures(database.executor, 10);
    expect(due).toMatchObject([{ runId: header.runId, handlerWorkflowId: 'wf_handler', error: { code: 'bad', nodeId: 'a' } }]);
    await livePlans.closeFailure(database.executor, header, null);
    expect(await livePlans.dueFailures(database.executor, 10)).toEqual([]);
  });
});

import type { NodeRunRecord, RunHeader } from '@millwright/workflow';
import { expect, it } from 'vitest';
import { done, started, two, type LedgerHarness } from './ledger-harness.ts';

/** What was recorded comes back, in its order. */
export function outcomesAreKept(harness: () => LedgerHarness): void {
  it('a run that nobody has seen is open and empty', async () => {
    const { header, first } = await two(harness());
    expect(await first.ledgerFor(header).open(0)).toEqual({
      isOurs: true,
      ended: null,
      outcomes: [],
      open: [],
      cancelRequested: false,
      losses: 0,
    });
  });

  it('outcomes come back in order of seq, after the one that is asked for', async () => {
    const { header, first } = await two(harness());
    const ledger = first.ledgerFor(header);
    ledger.record(done(1, { class: 'read' }));
    ledger.record(done(2, { nodeId: 'b', class: 'read', status: 'failed', error: { code: 'bad', message: 'bad' }, itemIndex: -1 }));
    ledger.record(done(3, { itemIndex: -2, class: 'wait' }));
    expect(await ledger.flush()).toBe(true);
    const { outcomes } = await first.ledgerFor(header).open(1);
    expect(outcomes.map(({ seq, nodeId, itemIndex, status, class: effect }) => [seq, nodeId, itemIndex, status, effect])).toEqual([
      [2, 'b', -1, 'failed', 'read'],
      [3, 'a', -2, 'done', 'wait'],
    ]);
    expect(outcomes[0]?.error).toMatchObject({ code: 'bad', message: 'bad' });
  });

  it('rows say when they were begun, and the time of the run when they were taken', async () => {
    const { header, first } = await two(harness());
    const ledger = first.ledgerFor(header);
    ledger.record(done(1, { class: 'read', atMs: 7, timeMs: 9 }));
    await ledger.start(started({ nodeId: 'b', atMs: 8 }));
    const { outcomes, open } = await first.ledgerFor(header).open(0);
    expect(outcomes).toMatchObject([{ atMs: 7, timeMs: 9 }]);
    expect(open).toMatchObject([{ nodeId: 'b', atMs: 8 }]);
  });

  it('what was recorded before a write leaves is stored with its start', async () => {
    const { header, first } = await two(harness());
    const ledger = first.ledgerFor(header);
    ledger.record(done(1, { nodeId: 'before', class: 'read' }));
    expect(await ledger.start(started())).toBe(true);
    const { outcomes } = await first.ledgerFor(header).open(0);
    expect(outcomes.filter((one) => one.seq > 0)).toMatchObject([
      { nodeId: 'before', seq: 1, response: { main: [{ json: { ok: true } }] } },
    ]);
  });

  it('the newest state of a node run and the reply are stored with a flush', async () => {
    const { header, first } = await two(harness());
    const ledger = first.ledgerFor(header);
    const record: NodeRunRecord = { nodeId: 'a', runIndex: 0, status: 'running', attempts: 1, startedAtMs: 1_000, inputs: {}, outputs: {} };
    ledger.nodeRun(record);
    ledger.nodeRun({
      ...record,
      status: 'succeeded',
      finishedAtMs: 2_000,
      outputs: { main: { id: 'a:0:main', count: 1, sizeBytes: 10, inline: [{ json: 1 }] } },
    });
    ledger.reply({ status: 201, headers: { 'x-a': 'b' }, body: 'hi' });
    expect(await ledger.flush()).toBe(true);
    expect(await harness().nodeRuns(header)).toMatchObject([{ nodeId: 'a', status: 'succeeded', outputs: { main: { count: 1 } } }]);
    expect(await harness().reply(header)).toEqual({ status: 201, headers: { 'x-a': 'b' }, body: 'hi' });
  });

  it('a try of an earlier run that was lost is open until a later one was answered; then it says what its key had been used for', async () => {
    const { header, first } = await two(harness());
    const failed = { status: 'failed', reason: 'error', error: { code: 'bad', message: 'bad' }, finishedAtMs: 3_000 } as const;
    const ledger = first.ledgerFor(header);
    await ledger.open(0);
    await ledger.start(started());
    await ledger.close({ ended: failed });
    const resumed = await next(harness(), header, header);
    const second = first.ledgerFor(resumed);
    await second.open(0);
    expect(await second.predecessor()).toMatchObject({ outcomes: [], open: [{ attempt: 1 }], superseded: [] });
    await second.start(started({ attempt: 2 }));
    second.record(done(1, { attempt: 2, status: 'failed' }));
    await second.close({ ended: failed });
    const third = first.ledgerFor(await next(harness(), resumed, header));
    await third.open(0);
    expect(await third.predecessor()).toMatchObject({
      outcomes: [{ attempt: 2, status: 'failed' }],
      open: [],
      superseded: [{ attempt: 1 }],
    });
  });

  it('the first answer that was stored stays: a delivery that comes again gets what its caller got', async () => {
    const { header, first, second } = await two(harness());
    const told = { status: 200, headers: {}, body: 'told' };
    const ledger = first.ledgerFor(header);
    await ledger.open(0);
    ledger.reply(told);
    await ledger.close({ running: true });
    const other = second.ledgerFor(header);
    await other.open(0);
    other.reply({ status: 500, headers: {}, body: 'canceled' });
    await other.close({ ended: { status: 'canceled', reason: 'user', finishedAtMs: 3_000 } });
    expect(await harness().reply(header)).toEqual(told);
  });
}

/** What was sent without an answer is seen. */
export function openAttemptsAreShown(harness: () => LedgerHarness): void {
  it('a start without an answer is open, with its hash', async () => {
    const { header, first } = await two(harness());
    await first.ledgerFor(header).start(started());
    expect((await first.ledgerFor(header).open(0)).open).toMatchObject([
      { nodeId: 'a', runIndex: 0, itemIndex: 0, attempt: 1, status: 'started', requestHash: 'h1' },
    ]);
  });

  it('its answer closes it, and a later try of the key closes earlier ones', async () => {
    const { header, first } = await two(harness());
    const ledger = first.ledgerFor(header);
    await ledger.start(started());
    await ledger.start(started({ attempt: 2 }));
    expect((await ledger.open(0)).open.map((one) => one.attempt).toSorted((a, b) => a - b)).toEqual([1, 2]);
    ledger.record(done(1, { attempt: 2 }));
    await ledger.flush();
    const { open, outcomes } = await ledger.open(0);
    expect(open).toEqual([]);
    expect(outcomes).toMatchObject([{ attempt: 2, seq: 1, status: 'done' }]);
  });
}

/** A run that goes on with another one. */
async function next(harness: LedgerHarness, { runId }: RunHeader, origin: RunHeader): Promise<RunHeader> {
  const { workspaceId, originDay, startedAtMs } = origin;
  const resumes = { runId, originRunId: origin.runId, originStartedAtMs: startedAtMs };
  return { ...(await harness.newHeader()), workspaceId, originDay, resumes };
}

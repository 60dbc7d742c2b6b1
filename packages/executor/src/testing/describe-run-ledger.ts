import type { NodeRunRecord, Outcome, ReplyMessage, RunHeader, RunLedger, StartedAttempt } from '@millwright/workflow';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

/** A process as the suite needs it. */
export interface LedgerProcess {
  readonly ledgerFor: (header: RunHeader) => RunLedger;
  /** Takes its owner row away, as the reaper does; the process itself goes on. */
  readonly expire: () => void | Promise<void>;
}

/** What an implementation offers to the suite. */
export interface LedgerHarness {
  /** A header of a run that nobody has seen. */
  readonly newHeader: () => RunHeader | Promise<RunHeader>;
  readonly startProcess: () => LedgerProcess | Promise<LedgerProcess>;
  readonly requestCancel: (header: RunHeader) => void | Promise<void>;
  readonly requestPause: (header: RunHeader) => void | Promise<void>;
  /** Decides to go on with node run `a:0`, which waits for a retry; whether that changed anything. */
  readonly hurry: (header: RunHeader) => boolean | Promise<boolean>;
  readonly nodeRuns: (header: RunHeader) => readonly NodeRunRecord[] | Promise<readonly NodeRunRecord[]>;
  readonly reply: (header: RunHeader) => ReplyMessage | null | Promise<ReplyMessage | null>;
  readonly stop: () => void | Promise<void>;
}

const started = (more: Partial<StartedAttempt> = {}): StartedAttempt => ({
  nodeId: 'a',
  runIndex: 0,
  itemIndex: 0,
  attempt: 1,
  class: 'write',
  requestHash: 'h1',
  startedAtMs: 1_000,
  ...more,
});
const done = (seq: number, more: Partial<Outcome> = {}): Outcome => ({
  nodeId: 'a',
  runIndex: 0,
  itemIndex: 0,
  attempt: 1,
  class: 'write',
  seq,
  status: 'done',
  response: { main: [{ json: { ok: true } }] },
  startedAtMs: 1_000,
  finishedAtMs: 2_000,
  ...more,
});

/** The rules of durability.md §2–3 that every `RunLedger` keeps. */
export function describeRunLedger(name: string, start: () => LedgerHarness | Promise<LedgerHarness>): void {
  describe(`${name} is a run ledger`, () => {
    let harness: LedgerHarness;
    beforeAll(async () => {
      harness = await start();
    });
    afterAll(() => harness.stop());
    outcomesAreKept(() => harness);
    openAttemptsAreShown(() => harness);
    onlyTheOwnerActs(() => harness);
    endsAreDecidedOnce(() => harness);
    decisionsAreTakenOnce(() => harness);
  });
}

async function two(
  harness: LedgerHarness,
): Promise<{ readonly header: RunHeader; readonly first: LedgerProcess; readonly second: LedgerProcess }> {
  return { header: await harness.newHeader(), first: await harness.startProcess(), second: await harness.startProcess() };
}

function outcomesAreKept(harness: () => LedgerHarness): void {
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
}

function openAttemptsAreShown(harness: () => LedgerHarness): void {
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

function onlyTheOwnerActs(harness: () => LedgerHarness): void {
  it('a run of a living process is refused to others', async () => {
    const { header, first, second } = await two(harness());
    expect(await first.ledgerFor(header).start(started())).toBe(true);
    const other = second.ledgerFor(header);
    expect(await other.start(started({ attempt: 2 }))).toBe(false);
    expect(await other.flush()).toBe(false);
    expect(await other.close({ running: true })).toBe('notOurs');
  });

  it('a run of a process without an owner row can be taken; then it is refused to that process', async () => {
    const { header, first, second } = await two(harness());
    const frozen = first.ledgerFor(header);
    await frozen.start(started());
    await first.expire();
    expect(await second.ledgerFor(header).start(started({ attempt: 2 }))).toBe(true);
    expect(await frozen.start(started({ nodeId: 'b' }))).toBe(false);
  });

  it('a late answer of a process that lost the run is kept as a fact that nobody took', async () => {
    const { header, first, second } = await two(harness());
    const frozen = first.ledgerFor(header);
    await frozen.start(started());
    await first.expire();
    const taken = second.ledgerFor(header);
    taken.record(done(1, { nodeId: 'other', class: 'read' }));
    expect(await taken.flush()).toBe(true);
    frozen.record(done(1));
    expect(await frozen.flush()).toBe(false);
    const { open, outcomes } = await second.ledgerFor(header).open(0);
    expect(open).toEqual([]);
    expect(outcomes.map(({ nodeId, seq }) => [nodeId, seq])).toEqual([
      ['other', 1],
      ['a', 0],
    ]);
  });

  it('an answer keeps the number that it was given, whatever a process that lost the run says of it', async () => {
    const { header, first, second } = await two(harness());
    const sent = first.ledgerFor(header);
    await sent.start(started());
    sent.record(done(0));
    await sent.close({ running: true });
    const frozen = first.ledgerFor(header);
    expect((await frozen.open(0)).outcomes).toMatchObject([{ nodeId: 'a', seq: 0 }]);
    await first.expire();
    const taken = second.ledgerFor(header);
    await taken.open(0);
    taken.record(done(1));
    expect(await taken.flush()).toBe(true);
    frozen.record(done(1));
    expect(await frozen.flush()).toBe(false);
    expect((await taken.open(0)).outcomes).toMatchObject([{ nodeId: 'a', seq: 1 }]);
  });

  it('a run that was let go is taken by whoever opens it, not by who only writes', async () => {
    const { header, first, second } = await two(harness());
    expect(await first.ledgerFor(header).close({ waiting: { waitsFor: null } })).toBe('stored');
    expect(await second.ledgerFor(header).start(started())).toBe(false);
  });

  it('a later segment of a process takes over: an earlier one stores answers to what it sent, and nothing else', async () => {
    const { header, first } = await two(harness());
    const earlier = first.ledgerFor(header);
    await earlier.start(started());
    const later = first.ledgerFor(header);
    await later.open(0);
    expect(await earlier.start(started({ nodeId: 'b' }))).toBe(false);
    earlier.record(done(1, { nodeId: 'read', class: 'read' }));
    earlier.record(done(2));
    expect(await earlier.flush()).toBe(false);
    expect((await later.open(0)).outcomes).toMatchObject([{ nodeId: 'a', seq: 0 }]);
  });

  it('a try is one row: another process cannot start it again', async () => {
    const { header, first, second } = await two(harness());
    await first.ledgerFor(header).start(started());
    await first.expire();
    const other = second.ledgerFor(header);
    await other.open(0);
    expect(await other.start(started())).toBe(false);
  });

  it('what else a process that lost the run had queued is not stored', async () => {
    const { header, first, second } = await two(harness());
    const frozen = first.ledgerFor(header);
    await frozen.start(started());
    await first.expire();
    await second.ledgerFor(header).start(started({ nodeId: 'b' }));
    frozen.record(done(1, { nodeId: 'read', class: 'read' }));
    await frozen.flush();
    expect((await second.ledgerFor(header).open(0)).outcomes).toEqual([]);
  });
}

function endsAreDecidedOnce(harness: () => LedgerHarness): void {
  it('the first end counts; a later one learns which it was', async () => {
    const { header, first, second } = await two(harness());
    expect(
      await first
        .ledgerFor(header)
        .close({ ended: { status: 'failed', reason: 'error', error: { code: 'bad', message: 'bad' }, finishedAtMs: 3_000 } }),
    ).toBe('stored');
    expect(await second.ledgerFor(header).close({ ended: { status: 'succeeded', finishedAtMs: 4_000 } })).toBe('failed');
    const { ended } = await second.ledgerFor(header).open(0);
    expect(ended).toMatchObject({ status: 'failed', reason: 'error', error: { code: 'bad' } });
  });

  it('nothing can be sent for a run that has ended', async () => {
    const { header, first } = await two(harness());
    const ledger = first.ledgerFor(header);
    await ledger.close({ ended: { status: 'succeeded', finishedAtMs: 3_000 } });
    expect(await ledger.start(started())).toBe(false);
  });

  it('a waiting run is open, and any process may go on with it', async () => {
    const { header, first, second } = await two(harness());
    const ledger = first.ledgerFor(header);
    expect(await ledger.close({ waiting: { waitsFor: { kind: 'timer', untilMs: 9_000 } } })).toBe('stored');
    const other = second.ledgerFor(header);
    expect((await other.open(0)).ended).toBeNull();
    expect(await other.start(started())).toBe(true);
  });

  it('a segment that was given up stores what is queued and lets the run go', async () => {
    const { header, first, second } = await two(harness());
    const ledger = first.ledgerFor(header);
    await ledger.start(started());
    ledger.record(done(1));
    ledger.abandon();
    await vi.waitFor(async () => expect((await second.ledgerFor(header).open(0)).outcomes).toMatchObject([{ nodeId: 'a', seq: 1 }]));
    await vi.waitFor(async () => {
      const other = second.ledgerFor(header);
      await other.open(0);
      expect(await other.start(started({ nodeId: 'b' }))).toBe(true);
    });
  });

  it('a cancel is seen at the next opening', async () => {
    const { header, first } = await two(harness());
    await first.ledgerFor(header).close({ waiting: { waitsFor: null } });
    await harness().requestCancel(header);
    expect((await first.ledgerFor(header).open(0)).cancelRequested).toBe(true);
  });
}

/** Leaves node run `a:0` waiting for its second try. */
async function waiting(header: RunHeader, process: LedgerProcess): Promise<void> {
  const ledger = process.ledgerFor(header);
  const waitsFor = { kind: 'retry', untilMs: 9_000_000_000_000 } as const;
  ledger.nodeRun({ nodeId: 'a', runIndex: 0, status: 'waiting', waitsFor, attempts: 2, startedAtMs: 1_000, inputs: {}, outputs: {} });
  expect(await ledger.close({ waiting: { waitsFor } })).toBe('stored');
}

function decisionsAreTakenOnce(harness: () => LedgerHarness): void {
  it('a decision is stored once, offered until it was taken with a number, and then no more', async () => {
    const { header, first, second } = await two(harness());
    await waiting(header, first);
    expect([await harness().hurry(header), await harness().hurry(header)]).toEqual([true, false]);
    const ledger = first.ledgerFor(header);
    const { decisions } = await ledger.open(0);
    expect(await ledger.decisions()).toEqual(decisions);
    expect(decisions).toMatchObject([
      { nodeId: 'a', runIndex: 0, itemIndex: -1, attempt: 2, kind: 'retry', decision: { now: true }, by: null },
    ]);
    ledger.decided(decisions?.[0]?.token ?? '', 1);
    await ledger.close({ running: true });
    expect((await second.ledgerFor(header).open(0)).decisions).toBeUndefined();
    expect(await harness().hurry(header)).toBe(false);
  });

  it('what a process that lost the run took is offered to the next', async () => {
    const { header, first, second } = await two(harness());
    await waiting(header, first);
    await harness().hurry(header);
    const frozen = first.ledgerFor(header);
    const { decisions } = await frozen.open(0);
    await first.expire();
    expect((await second.ledgerFor(header).open(0)).decisions).toHaveLength(1);
    frozen.decided(decisions?.[0]?.token ?? '', 1);
    await frozen.flush();
    expect((await second.ledgerFor(header).open(0)).decisions).toHaveLength(1);
  });

  it('nothing can be decided for a run that has ended', async () => {
    const { header, first } = await two(harness());
    await waiting(header, first);
    const ledger = first.ledgerFor(header);
    await ledger.open(0);
    await ledger.close({ ended: { status: 'succeeded', finishedAtMs: 3_000 } });
    expect(await harness().hurry(header)).toBe(false);
  });

  it('a pause is seen at the next opening', async () => {
    const { header, first } = await two(harness());
    await first.ledgerFor(header).close({ waiting: { waitsFor: null } });
    await harness().requestPause(header);
    expect((await first.ledgerFor(header).open(0)).pauseRequested).toBe(true);
  });
}

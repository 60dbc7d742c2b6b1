import type { CallLedger, Outcome, RemoteCall, RunHeader, RunLedger, StartedAttempt } from '@millwright/workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A process as the suite needs it. */
export interface CallLedgerProcess {
  readonly ledgerFor: (header: RunHeader) => RunLedger;
  readonly callsFor: (header: RunHeader, call: RemoteCall) => CallLedger;
  /** Takes its owner row away, as the reaper does; the process itself goes on. */
  readonly expire: () => void | Promise<void>;
}

/** What an implementation offers to the suite. */
export interface CallLedgerHarness {
  /** A header of a run that nobody has seen. */
  readonly newHeader: () => RunHeader | Promise<RunHeader>;
  readonly startProcess: () => CallLedgerProcess | Promise<CallLedgerProcess>;
  readonly requestCancel: (header: RunHeader) => void | Promise<void>;
  readonly stop: () => void | Promise<void>;
}

const call: RemoteCall = { nodeId: 'a', runIndex: 0, itemIndex: 0, attempt: 1 };
const started = (more: Partial<StartedAttempt> = {}): StartedAttempt => ({
  ...call,
  class: 'write',
  requestHash: 'h1',
  startedAtMs: 1_000,
  ...more,
});
const outcome = (more: Partial<Outcome> = {}): Omit<Outcome, 'seq'> => ({
  ...call,
  class: 'write',
  status: 'done',
  response: { main: [{ json: { ok: true } }] },
  startedAtMs: 1_000,
  finishedAtMs: 2_000,
  ...more,
});

/** The rules of durability.md §3–4 that every `CallLedger` keeps. */
export function describeCallLedger(name: string, start: () => CallLedgerHarness | Promise<CallLedgerHarness>): void {
  describe(`${name} is a ledger of remote calls`, () => {
    let harness: CallLedgerHarness;
    beforeAll(async () => {
      harness = await start();
    });
    afterAll(() => harness.stop());

    /** A run that a segment left open, and two processes. */
    async function handedOut() {
      const [header, here, there] = [await harness.newHeader(), await harness.startProcess(), await harness.startProcess()];
      expect(await here.ledgerFor(header).close({ running: true })).toBe('stored');
      return { header, here, there };
    }

    async function end({ header, here }: { readonly header: RunHeader; readonly here: CallLedgerProcess }): Promise<void> {
      const segment = here.ledgerFor(header);
      await segment.open(0);
      expect(await segment.close({ ended: { status: 'succeeded', finishedAtMs: 3_000 } })).toBe('stored');
    }

    it('a call starts beside whichever process has the run, and its answer is offered to the next segment', async () => {
      const { header, here, there } = await handedOut();
      const segment = here.ledgerFor(header);
      expect((await segment.open(0)).isOurs).toBe(true);
      const ledger = there.callsFor(header, call);
      expect(await ledger.open()).toEqual({ isOpen: true, losses: 0, last: null });
      expect(await ledger.start(started())).toBe(true);
      expect((await ledger.open()).last).toMatchObject({ attempt: 1, status: 'started', requestHash: 'h1', isAlive: true });
      await ledger.store(outcome());
      await segment.close({ running: true });
      const { outcomes, open } = await here.ledgerFor(header).open(0);
      expect(open).toEqual([]);
      expect(outcomes).toMatchObject([{ ...call, seq: 0, status: 'done', response: { main: [{ json: { ok: true } }] } }]);
    });

    it('what a segment takes of it gets its place in the order', async () => {
      const { header, here, there } = await handedOut();
      const ledger = there.callsFor(header, call);
      await ledger.start(started());
      await ledger.store(outcome());
      const segment = here.ledgerFor(header);
      const [late] = (await segment.open(0)).outcomes;
      if (late === undefined) throw new Error('nothing was offered');
      segment.record({ ...late, seq: 1 });
      await segment.close({ running: true });
      expect((await there.ledgerFor(header).open(0)).outcomes).toMatchObject([{ ...call, seq: 1, status: 'done' }]);
    });

    it('of two that start the same try one may send', async () => {
      const { header, here, there } = await handedOut();
      const answers = await Promise.all([here, there].map((one) => one.callsFor(header, call).start(started())));
      expect(answers.filter((isOurs) => isOurs)).toHaveLength(1);
    });

    it('no try starts once an earlier one was done', async () => {
      const { header, here, there } = await handedOut();
      const [first, again] = [there.callsFor(header, call), here.callsFor(header, call)];
      await first.start(started());
      expect((await again.open()).last).toMatchObject({ attempt: 1, status: 'started' });
      await first.store(outcome());
      expect(await again.start(started({ attempt: 2 }))).toBe(false);
      expect((await again.open()).last).toMatchObject({ attempt: 1, status: 'done' });
    });

    it('nothing starts for a run that has ended, is to be stopped, or by a process without a lease', async () => {
      const ended = await handedOut();
      await end(ended);
      const canceled = await handedOut();
      await harness.requestCancel(canceled.header);
      const expired = await handedOut();
      await expired.there.expire();
      const start = ({ header, there }: typeof ended): Promise<boolean> => there.callsFor(header, call).start(started());
      expect([await start(ended), await start(canceled), await start(expired)]).toEqual([false, false, false]);
      expect((await ended.there.callsFor(ended.header, call).open()).isOpen).toBe(false);
      expect((await canceled.there.callsFor(canceled.header, call).open()).isOpen).toBe(false);
    });

    it('an answer settles what its process sent, also after the run has ended, and nothing of another process', async () => {
      const { header, here, there } = await handedOut();
      const [mine, others] = [there.callsFor(header, call), here.callsFor(header, call)];
      await mine.start(started());
      await others.store(outcome({ status: 'failed', error: { code: 'bad', message: 'bad' } }));
      expect((await mine.open()).last?.status).toBe('started');
      await end({ header, here });
      await mine.store(outcome({ status: 'unknown', error: { code: 'canceled', message: 'canceled' } }));
      expect((await mine.open()).last?.status).toBe('unknown');
    });

    it('what is unknown says why', async () => {
      const { header, here, there } = await handedOut();
      const ledger = there.callsFor(header, call);
      await ledger.start(started());
      await ledger.store(outcome({ status: 'unknown', error: { code: 'node_timeout', message: 'late', reason: 'timeout' } }));
      const { open } = await here.ledgerFor(header).open(0);
      expect(open).toMatchObject([{ ...call, status: 'unknown', error: { code: 'node_timeout' }, finishedAtMs: 2_000 }]);
    });

    it('a read leaves its answer without a start', async () => {
      const { header, here, there } = await handedOut();
      await there.callsFor(header, call).store(outcome({ class: 'read' }));
      expect((await here.ledgerFor(header).open(0)).outcomes).toMatchObject([{ ...call, class: 'read', seq: 0 }]);
    });

    it('a read leaves nothing once its run has ended', async () => {
      const { header, here, there } = await handedOut();
      await end({ header, here });
      const ledger = there.callsFor(header, call);
      await ledger.store(outcome({ class: 'read' }));
      expect((await ledger.open()).last).toBeNull();
    });

    it('a start that is not settled is seen as its own by the process that sent it, and as alive by others', async () => {
      const { header, here, there } = await handedOut();
      await there.callsFor(header, call).start(started());
      expect((await there.callsFor(header, call).open()).last).toMatchObject({ status: 'started', isAlive: true, isOwn: true });
      expect((await here.callsFor(header, call).open()).last).toMatchObject({ status: 'started', isAlive: true });
      expect((await here.callsFor(header, call).open()).last).not.toHaveProperty('isOwn');
    });

    it('a start of a process that lost its lease is seen as lost', async () => {
      const { header, here, there } = await handedOut();
      await there.callsFor(header, call).start(started());
      await there.expire();
      expect((await here.callsFor(header, call).open()).last).toMatchObject({ status: 'started', isAlive: false });
    });
  });
}

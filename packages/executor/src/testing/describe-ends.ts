import type { RunHeader } from '@millwright/workflow';
import { expect, it, vi } from 'vitest';
import { done, started, two, type LedgerHarness, type LedgerProcess } from './ledger-harness.ts';

/** How segments leave a run. */
export function endsAreDecidedOnce(harness: () => LedgerHarness): void {
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

/** What people decide. */
export function decisionsAreTakenOnce(harness: () => LedgerHarness): void {
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

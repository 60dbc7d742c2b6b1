import { expect, it } from 'vitest';
import { done, started, two, type LedgerHarness } from './ledger-harness.ts';

/** Who may act on a run (durability.md §3). */
export function onlyTheOwnerActs(harness: () => LedgerHarness): void {
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

  it('no try is started once an earlier one was done, though its answer came after the run was opened', async () => {
    const { header, first, second } = await two(harness());
    const frozen = first.ledgerFor(header);
    await frozen.start(started());
    await first.expire();
    const next = second.ledgerFor(header);
    expect((await next.open(0)).open).toHaveLength(1);
    frozen.record(done(1));
    expect(await frozen.flush()).toBe(false);
    expect(await next.start(started({ attempt: 2 }))).toBe(false);
    const { open, outcomes } = await second.ledgerFor(header).open(0);
    expect(open).toEqual([]);
    expect(outcomes).toMatchObject([{ nodeId: 'a', attempt: 1, seq: 0, status: 'done' }]);
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

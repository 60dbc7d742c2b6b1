import { describe, expect, it } from 'vitest';
import { planOf, World } from './world.ts';

const ended = (status: string) => ({ kind: 'ended', status });

describe('a process that lost its run', () => {
  it('sends nothing, and asks to be tried again', async () => {
    const world = new World(planOf({ r: 'test.read', w: 'test.write' }, ['t>r', 'r>w']));
    const { process, executor } = world.process();
    const other = world.process();
    world.behaviour['r'] = async (call) => {
      process.expire();
      expect(await other.process.ledgerFor(world.header).flush()).toBe(true);
      return world.usual(call);
    };
    await expect(executor.runSegment(world.input([{}]))).rejects.toMatchObject({ code: 'segment_lost', retry: { afterMs: 1000 } });
    expect(world.sent).toEqual([]);
    expect(world.row.end).toBeNull();
  });

  it('leaves its late answer to the one that has the run now', async () => {
    const world = new World(planOf({ w: 'test.ask', b: 'test.set' }, ['t>w', 'w>b']));
    const frozen = world.process();
    const answer = Promise.withResolvers<void>();
    const sent = Promise.withResolvers<void>();
    world.behaviour['w'] = async (call) => {
      const outcome = await world.usual(call);
      sent.resolve();
      await answer.promise;
      return outcome;
    };
    const first = frozen.executor.runSegment(world.input([{}]));
    await sent.promise;
    frozen.process.expire();
    const second = world.process();
    const waiting = await second.executor.runSegment(world.input([{}]));
    expect(waiting).toMatchObject({ kind: 'waiting', untilMs: null });
    answer.resolve();
    await expect(first).rejects.toMatchObject({ code: 'segment_lost' });
    if (waiting.kind !== 'waiting') throw new Error('it waits');
    expect(await second.executor.runSegment(world.input([{}], { state: waiting.state, segment: 2 }))).toEqual(ended('succeeded'));
    expect(world.sent).toHaveLength(1);
  });

  it('takes back what it did not send, and the next one sends it: that is no answer', async () => {
    const world = new World(planOf({ w: 'test.write' }, ['t>w']));
    const stale = world.process();
    const ledger = stale.process.ledgerFor(world.header);
    const attempt = { nodeId: 'w', runIndex: 0, itemIndex: 0, attempt: 1, class: 'write', startedAtMs: 1 } as const;
    expect(await ledger.start({ ...attempt, requestHash: 'h' })).toBe(true);
    ledger.record({ ...attempt, seq: 0, status: 'notSent', finishedAtMs: 2 });
    await ledger.flush();
    stale.process.expire();
    expect(await world.process().executor.runSegment(world.input([{}]))).toEqual(ended('succeeded'));
    expect(world.sent).toHaveLength(1);
    expect(world.row.attempts.get('w:0:0:2')).toMatchObject({ status: 'done' });
  });

  it('learns that the run has ended', async () => {
    const world = new World(planOf({ w: 'test.write' }, ['t>w']));
    await world
      .process()
      .process.ledgerFor(world.header)
      .close({ ended: { status: 'canceled', reason: 'user', finishedAtMs: 1 } });
    expect(await world.process().executor.runSegment(world.input([{}]))).toEqual(ended('canceled'));
    expect(world.sent).toEqual([]);
  });
});

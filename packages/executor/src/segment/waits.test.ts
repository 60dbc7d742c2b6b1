import { ConnectorError, type JsonObject, type JsonValue } from '@millwright/core';
import type { RetryPolicy, SegmentResult } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { DecidingWorld } from './deciding-world.ts';
import { planOf } from './world.ts';

const ended = (status: string) => expect.objectContaining({ kind: 'ended', status });
const crash = { atCommit: 2, isStored: false };

async function asking(settings: JsonObject = {}): Promise<{ readonly world: DecidingWorld; readonly waiting: SegmentResult }> {
  const world = new DecidingWorld(planOf({ w: { type: 'test.ask', settings }, b: 'test.set' }, ['t>w', 'w>b']));
  const waiting = await world.drive([{}], crash);
  expect(world.row).toMatchObject({ status: 'waiting', waitsFor: { kind: 'outcome' } });
  expect(world.sent).toHaveLength(1);
  return { world, waiting };
}

const retry: RetryPolicy = { maxAttempts: 2, initialMs: 0, maxMs: 0, jitter: 0, backoff: 1, on: ['transient'] };

describe('a person who is asked about a lost answer', () => {
  it('done: the item succeeds with what the person gives, or with nothing, and nothing is sent', async () => {
    for (const [given, json] of [
      [{ response: { id: 7 } }, { id: 7 }],
      [{}, {}],
    ] as const satisfies readonly (readonly [JsonObject, JsonValue])[]) {
      const { world, waiting } = await asking();
      expect([world.answer('done', given), world.answer('notDone')]).toEqual([true, false]);
      expect(await world.wake(waiting)).toEqual(ended('succeeded'));
      expect(world.output('b')).toEqual([json]);
      expect(world.sent).toHaveLength(1);
      expect(world.row.attempts.get('w:0:0:1')).toMatchObject({ status: 'done', seq: 1 });
      expect([...world.row.decisions.values()].map((one) => one.seq)).toEqual([1]);
    }
  });

  it('not done: the step fails with that, or is tried again where its policy says so', async () => {
    const strict = await asking();
    strict.world.answer('notDone');
    expect(await strict.world.wake(strict.waiting)).toEqual(ended('failed'));
    expect(strict.world.row.end?.error).toMatchObject({ code: 'not_done', nodeId: 'w' });
    const patient = await asking({ retry });
    patient.world.answer('notDone');
    let result = await patient.world.wake(patient.waiting);
    if (result.kind === 'waiting') result = await patient.world.wake(result);
    expect(result).toEqual(ended('succeeded'));
    expect(new Set(patient.world.sent.map((one) => one.key)).size).toBe(1);
    expect(patient.world.sent).toHaveLength(2);
  });

  it('send again: the vendor sees the same key; send again as new: another one', async () => {
    for (const [answer, keys] of [
      ['sendAgain', 1],
      ['sendAgainAsNew', 2],
    ] as const) {
      const { world, waiting } = await asking();
      world.answer(answer);
      expect(await world.wake(waiting)).toEqual(ended('succeeded'));
      expect(world.sent).toHaveLength(2);
      expect(new Set(world.sent.map((one) => one.key)).size).toBe(keys);
      expect(world.numbers).toEqual([1, 2]);
    }
  });

  it('is asked again when the answer is lost again; a process that dies anywhere in between changes nothing', async () => {
    const { world, waiting } = await asking();
    world.answer('sendAgainAsNew');
    // Commit 1 stores the decision and the second send, then the process dies.
    const again = await world.wake(waiting, 1);
    expect(again).toMatchObject({ kind: 'waiting', untilMs: null });
    expect(world.row).toMatchObject({ waitsFor: { kind: 'outcome' } });
    const sent = world.sent.length;
    expect(world.answer('sendAgain', {}, 2)).toBe(true);
    expect(await world.wake(again)).toEqual(ended('succeeded'));
    expect(world.sent).toHaveLength(sent + 1);
    expect(new Set(world.sent.map((one) => one.key)).size).toBe(2);
    expect(world.numbers).toEqual([1, 2, 3]);
  });

  it('a late answer of the service settles it, and the decision that came too late is put away', async () => {
    const { world, waiting } = await asking();
    const row = world.row.attempts.get('w:0:0:1');
    if (row === undefined) throw new Error('it was sent');
    world.row.attempts.set('w:0:0:1', { ...row, status: 'done', response: { main: [{ json: { late: true } }] }, finishedAtMs: 1 });
    world.answer('sendAgain');
    expect(await world.wake(waiting)).toEqual(ended('succeeded'));
    expect(world.output('b')).toEqual([{ late: true }]);
    expect(world.sent).toHaveLength(1);
  });
});

describe('going on at once', () => {
  it('a retry that waits is hurried; a decision for an earlier try is put away', async () => {
    const long = { ...retry, initialMs: 3_600_000, maxMs: 3_600_000 };
    const world = new DecidingWorld(planOf({ w: { type: 'test.read', settings: { retry: long } } }, ['t>w']));
    let tries = 0;
    world.behaviour['w'] = async (call) => {
      if ((tries += 1) === 1) throw new ConnectorError('transient', { code: 'away', message: 'away' });
      return world.usual(call);
    };
    const waiting = await world.process().executor.runSegment(world.input([{}]));
    expect(waiting).toMatchObject({ kind: 'waiting', untilMs: expect.any(Number) });
    world.decide({ nodeId: 'w', kind: 'retry', attempt: 1 }, { now: true });
    const still = await world.wake(waiting);
    expect(still.kind).toBe('waiting');
    expect([...world.row.decisions.values()].map((one) => one.seq)).toEqual([0]);
    world.decide({ nodeId: 'w', kind: 'retry', attempt: 2 }, { now: true });
    expect(await world.wake(still)).toEqual(ended('succeeded'));
    expect(tries).toBe(2);
  });

  it('a timer is hurried', async () => {
    const world = new DecidingWorld(
      planOf({ w: { type: 'core.wait', parameters: { amount: 5, unit: 'days' } }, b: 'test.set' }, ['t>w', 'w>b']),
    );
    const waiting = await world.process().executor.runSegment(world.input([{ a: 1 }]));
    world.decide({ nodeId: 'w', kind: 'retry' }, { now: true });
    expect(await world.wake(waiting)).toEqual(ended('succeeded'));
    expect(world.output('b')).toEqual([{ a: 1 }]);
  });

  it('nothing can be decided for a run that has ended', async () => {
    const world = new DecidingWorld(planOf({ a: 'test.set' }, ['t>a']));
    await world.drive();
    expect(world.decide({ nodeId: 'a', kind: 'retry' }, { now: true })).toBe(false);
  });
});

describe('a paused run', () => {
  it('starts nothing, keeps its timers until it is unpaused, and says what it waits for', async () => {
    const world = new DecidingWorld(
      planOf({ w: { type: 'core.wait', parameters: { amount: 1, unit: 'seconds' } }, b: 'test.write' }, ['t>w', 'w>b']),
    );
    const waiting = await world.process().executor.runSegment(world.input([{}]));
    world.pause();
    const late = { ...world.clock, nowMs: () => Date.now() + 60_000 };
    world.clock = late;
    const paused = await world.wake(waiting);
    expect(paused).toMatchObject({ kind: 'waiting', untilMs: null });
    expect(world.row).toMatchObject({ status: 'waiting', waitsFor: { kind: 'pause' } });
    expect(world.sent).toEqual([]);
    world.row.pauseRequested = false;
    expect(await world.wake(paused)).toEqual(ended('succeeded'));
    expect(world.sent).toHaveLength(1);
  });

  it('lets a write finish that is under way when the pause comes, and starts no other', async () => {
    const world = new DecidingWorld(planOf({ w: 'test.write', b: 'test.write' }, ['t>w', 'w>b']));
    world.behaviour['w'] = async (call) => {
      const outcome = await world.usual(call);
      world.pause();
      return outcome;
    };
    const paused = await world.process().executor.runSegment(world.input([{}]));
    expect(paused).toMatchObject({ kind: 'waiting', untilMs: null });
    expect(world.sent.map((one) => one.nodeId)).toEqual(['w']);
    expect(world.row.attempts.get('w:0:0:1')).toMatchObject({ status: 'done', seq: 1 });
    // Nothing is shown as under way that is not.
    expect(world.row.nodeRuns.get('b:0')).toMatchObject({ status: 'waiting', waitsFor: { kind: 'pause' } });
    world.row.pauseRequested = false;
    expect(await world.wake(paused)).toEqual(ended('succeeded'));
    expect(world.sent.map((one) => one.nodeId)).toEqual(['w', 'b']);
    expect(world.row.nodeRuns.get('b:0')?.status).toBe('succeeded');
  });

  it('is ended by a cancel', async () => {
    const world = new DecidingWorld(planOf({ w: 'test.write' }, ['t>w']));
    world.row.pauseRequested = true;
    const paused = await world.process().executor.runSegment(world.input([{}]));
    expect(paused.kind).toBe('waiting');
    world.row.cancelRequested = true;
    expect(await world.wake(paused)).toEqual(ended('canceled'));
    expect(world.sent).toEqual([]);
  });
});

describe('in sequential order', () => {
  it('a wait holds what is drawn below it, and no segment opens meanwhile', async () => {
    const wait = { type: 'core.wait', parameters: { amount: 5, unit: 'days' } };
    const world = new DecidingWorld(planOf({ w: wait, b: 'test.set' }, ['t>w', 't>b'], { order: 'sequential' }));
    const waiting = await world.process().executor.runSegment(world.input([{ a: 1 }]));
    expect(waiting).toMatchObject({ kind: 'waiting', untilMs: expect.any(Number) });
    expect(world.row).toMatchObject({ status: 'waiting', waitsFor: { kind: 'timer' } });
    world.decide({ nodeId: 'w', kind: 'retry' }, { now: true });
    expect(await world.wake(waiting)).toEqual(ended('succeeded'));
    expect(world.story).toEqual(['t:0 succeeded', 'w:0 succeeded', 'b:0 succeeded']);
  });
});

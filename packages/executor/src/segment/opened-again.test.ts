import { ConnectorError, newId, TransientError } from '@millwright/core';
import type { Outcome, RunState } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { DecidingWorld } from './deciding-world.ts';
import { openedBefore } from './opened-before.ts';
import { OF_NO_NODE } from './testing/outcomes.ts';
import { refusal } from './testing/refusing.ts';
import { resumed } from './testing/resumed.ts';
import { NO_PREDECESSOR, NOTHING_STORED } from './waiting.ts';
import { planOf, World } from './world.ts';

const ended = { kind: 'ended', status: 'succeeded' };
const at = { at: '{{ $now.toMillis() }}' };
const plan = planOf(
  {
    s: { type: 'test.set', parameters: at },
    w: { type: 'test.write', parameters: { ...at, set: '{{ $json.at }}' } },
    p: { type: 'core.wait', parameters: { amount: 1, unit: 'hours' } },
    v: { type: 'test.write', parameters: at },
    r: 'test.read',
    x: { type: 'test.write', parameters: at },
  },
  ['t>s', 's>w', 'w>p', 'p>v', 'v>r', 'r>x'],
);

/** One segment, whose first process dies at a commit; Temporal opens it again later than before. */
async function openTwice(world: World, input: Parameters<World['input']>[1], atCommit: number) {
  const first = world.input([{}], input);
  await expect(world.process({ atCommit, isStored: true }).executor.runSegment(first)).rejects.toThrow(TransientError);
  return world.process().executor.runSegment({ ...first, openedAtMs: first.openedAtMs + 10_000 });
}

it('a run that is canceled before its lost segment is opened again ends as canceled', async () => {
  const world = new World(planOf({ s: 'test.set', r: 'test.read', w: 'test.write' }, ['t>s', 's>r', 'r>w']));
  const input = world.input([{}]);
  await expect(world.process({ atCommit: 1, isStored: true }).executor.runSegment(input)).rejects.toThrow(TransientError);
  expect(world.reads).toHaveLength(1);
  world.row.cancelRequested = true;
  expect(await world.process().executor.runSegment(input)).toEqual({ kind: 'ended', status: 'canceled' });
  expect(world.row.end).toMatchObject({ status: 'canceled', reason: 'user' });
});

it('an answer that was lost after a try that had failed is asked about, not sent again', async () => {
  const retry = { maxAttempts: 3, initialMs: 0, jitter: 0 };
  const world = new World(planOf({ w: { type: 'test.ask', settings: { retry } } }, ['t>w']));
  world.behaviour['w'] = async (call) => {
    const outcome = await world.usual(call);
    if (call.attempt > 1) return outcome;
    throw new ConnectorError('transient', { code: 'busy', message: 'busy', details: { status: 503 } });
  };
  // The first is the start of the first try, the second that of the second.
  world.limits = { shortWaitMs: 1_000 };
  expect(await world.drive([{}], { atCommit: 3, isStored: false })).toMatchObject({ kind: 'waiting', untilMs: null });
  expect(world.sent).toHaveLength(2);
  expect(world.row.waitsFor).toEqual({ kind: 'outcome' });
});

it('so is one that was lost in a segment that opened while another item was asked about', async () => {
  const retry = { maxAttempts: 3, initialMs: 0, jitter: 0 };
  const world = new DecidingWorld(planOf({ w: { type: 'test.ask', settings: { retry } } }, ['t>w']));
  world.limits = { shortWaitMs: 1_000 };
  world.behaviour['w'] = async (call) => {
    const outcome = await world.usual(call);
    if (call.attempt > 1 || call.itemIndex > 0) return outcome;
    throw new ConnectorError('transient', { code: 'busy', message: 'busy', details: { status: 503 } });
  };
  const waiting = await world.drive([{}, {}], { atCommit: 3, isStored: false });
  if (waiting.kind !== 'waiting') throw new Error(JSON.stringify(waiting));
  expect(world.decide({ nodeId: 'w', kind: 'outcome', itemIndex: 1 }, { answer: 'done' })).toBe(true);
  const input = world.input([{}, {}], { state: JSON.parse(JSON.stringify(waiting.state)) as RunState, segment: 2 });
  // What was decided is stored, the second try of the first item leaves, and its answer is lost.
  await expect(world.process({ atCommit: 3, isStored: false }).executor.runSegment(input)).rejects.toThrow(TransientError);
  expect(await world.process().executor.runSegment(input)).toMatchObject({ kind: 'waiting', untilMs: null });
  expect(world.sent.map(({ itemIndex }) => itemIndex)).toEqual([0, 1, 0]);
});

it('a resumed run in which a request is wanted again twice asks before each, and numbers both', async () => {
  const plan = planOf({ w: 'test.ask' }, ['t>w']);
  const first = new World(plan);
  first.behaviour['w'] = async (call) => {
    await first.usual(call);
    throw new ConnectorError('transient', { code: 'reset', message: 'reset', details: { sent: true } });
  };
  expect(await first.drive()).toEqual({ kind: 'ended', status: 'failed' });
  // It was wanted again in that run too, and did not leave.
  const { owner } = [...first.row.attempts.values()][0] ?? {};
  const wanted = {
    nodeId: 'w',
    runIndex: 0,
    itemIndex: -11,
    attempt: 1,
    class: 'wait',
    status: 'done',
    response: 'sameKey:1',
    seq: 2,
  } as const;
  first.row.attempts.set('w:0:-11:1', { ...wanted, owner: owner ?? '', startedAtMs: 1, finishedAtMs: 1 });
  const { runId, startedAtMs: originStartedAtMs } = first.header;
  const second = new DecidingWorld(plan, {
    ...first.header,
    runId: newId('run'),
    resumes: { runId, originRunId: runId, originStartedAtMs },
  });
  second.store.runs.set(runId, first.row);
  const asked = await second.drive();
  if (asked.kind !== 'waiting') throw new Error(JSON.stringify(asked));
  second.answer('sendAgain');
  const input = second.input([{}], { state: JSON.parse(JSON.stringify(asked.state)) as RunState, segment: 2 });
  await expect(second.process({ atCommit: 1, isStored: true }).executor.runSegment(input)).rejects.toThrow(TransientError);
  const again = await second.process().executor.runSegment(input);
  expect(again).toMatchObject({ kind: 'waiting', untilMs: null });
  expect(second.sent).toEqual([]);
  expect(second.answer('sendAgain', {}, 2)).toBe(true);
  expect(await second.wake(again)).toEqual({ kind: 'ended', status: 'succeeded' });
  expect(second.sent).toHaveLength(1);
  expect(second.numbers).toEqual([1, 2, 3]);
});

describe('a segment whose task went to another worker, and so opens later', () => {
  it('builds the same requests as the one that was lost, in the first segment and in later ones', async () => {
    const firstMs = Date.now();
    for (const atCommit of [1, 2, 3]) {
      const world = new World(plan);
      const waiting = await openTwice(world, { openedAtMs: firstMs }, 1);
      if (waiting.kind !== 'waiting') throw new Error(JSON.stringify(waiting));
      const state = JSON.parse(JSON.stringify(waiting.state)) as RunState;
      const result = await openTwice(world, { state, segment: 2, openedAtMs: waiting.untilMs ?? 0 }, atCommit);
      expect(result).toEqual(ended);
      for (const sends of Map.groupBy(world.sent, ({ key }) => key).values())
        expect(new Set(sends.map(({ parameters }) => JSON.stringify(parameters))).size).toBe(1);
      expect(world.sent[0]?.parameters).toEqual({ at: firstMs, set: firstMs });
      expect(new Set(world.sent.map(({ nodeId }) => nodeId))).toEqual(new Set(['w', 'v', 'x']));
    }
  });

  it('so does a resumed run that began when the time of the run before it had not passed', async () => {
    const resumedPlan = planOf(
      {
        w: { type: 'test.write', parameters: at },
        s: { type: 'test.set', parameters: at },
        x: { type: 'test.write', parameters: { set: '{{ $json.at }}' } },
        y: { type: 'test.write', parameters: { of: '{{ $json.set }}' } },
      },
      ['t>w', 'w>s', 's>x', 'x>y'],
    );
    const nowMs = Date.now();
    const clock = { nowMs: () => nowMs, monotonicMs: () => performance.now() };
    const first = new World(resumedPlan);
    first.clock = clock;
    first.behaviour['w'] = async () => refusal();
    expect(await first.process().executor.runSegment(first.input([{}], { openedAtMs: nowMs }))).toMatchObject({ status: 'failed' });
    // It begins in the same millisecond, or on a machine whose clock is behind, and its first segment opens a little later.
    for (const [behindMs, laterMs] of [
      [0, 0],
      [0, 3],
      [5_000, 0],
      [5_000, 6_000],
    ] as const)
      for (const atCommit of [1, 2, 3]) {
        const second = resumed(first, resumedPlan);
        second.clock = clock;
        Object.assign(second.header, { startedAtMs: nowMs - behindMs });
        expect(await openTwice(second, { openedAtMs: nowMs - behindMs + laterMs }, atCommit)).toEqual(ended);
        for (const sends of Map.groupBy(second.sent, ({ key }) => key).values())
          expect(new Set(sends.map(({ parameters }) => JSON.stringify(parameters))).size).toBe(1);
        expect(new Set(second.sent.map(({ key }) => key)).size).toBe(3);
      }
  });

  it('is later than what the run had taken before, whatever the clock says, so that its own rows are known again', async () => {
    const world = new World(plan);
    const waiting = await world.process().executor.runSegment(world.input([{}]));
    if (waiting.kind !== 'waiting') throw new Error(JSON.stringify(waiting));
    const state = JSON.parse(JSON.stringify(waiting.state)) as RunState;
    const opened = (openedAtMs: number, outcomes: readonly Outcome[]) =>
      openedBefore(world.input([{}], { state, segment: 2, openedAtMs }), { ...NOTHING_STORED, outcomes }, NO_PREDECESSOR);
    for (const behindMs of [0, 5_000]) {
      const openedAtMs = opened(state.timeMs - behindMs, []);
      expect(openedAtMs).toBe(state.timeMs + 1);
      // What it stores says so, what was taken over says another time.
      const taken = [state.timeMs, openedAtMs].map((timeMs) => ({ ...OF_NO_NODE, timeMs }));
      expect(opened(state.timeMs + 10_000, taken)).toBe(openedAtMs);
    }
  });
});

import type { RunState } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { advance } from '../advance.ts';
import { draw, ref } from '../testing.ts';
import { countOf } from './counts.ts';

const RING = 150;
const ROUNDS = 4;

/** A ring of nodes, gone round several times. @param stored how a state is carried from one event to the next */
function goRound(stored: (state: RunState) => RunState): RunState {
  const ids = Array.from({ length: RING }, (_, index) => `n${index}`);
  const skeleton = draw(['t>n0', ...ids.map((id, index) => `${id}>n${(index + 1) % RING}`)]);
  let { state } = advance(skeleton, null, { type: 'started', nodeId: 't', ref: ref('t:0:main', 1), timeMs: 1, startedAtMs: 1 });
  for (let step = 0; step < RING * ROUNDS; step++) {
    const [nodeId, runIndex] = [`n${step % RING}`, Math.floor(step / RING)];
    const before = stored(state);
    const kept = JSON.stringify(before);
    ({ state } = advance(skeleton, before, {
      type: 'completed',
      nodeId,
      runIndex,
      outputs: { main: ref(`${nodeId}:${runIndex}:main`, 1) },
    }));
    if (JSON.stringify(before) !== kept) throw new Error('an earlier state was changed');
  }
  return state;
}

describe('counts of a long run', () => {
  const state = goRound((one) => one);

  it('are right, wherever they are kept', () => {
    const counts = Array.from({ length: RING }, (_, index) => countOf(state, `n${index}`));
    expect(counts).toEqual([ROUNDS + 1, ...Array.from({ length: RING - 1 }, () => ROUNDS)]);
    expect(countOf(state, 'nobody')).toBe(0);
  });

  it('do not depend on whether the state was stored in between', () => {
    expect(goRound((one) => JSON.parse(JSON.stringify(one)) as RunState)).toEqual(state);
  });

  it('are not all copied for each event', () => {
    expect(Object.keys(state.recentCounts ?? {}).length).toBeLessThanOrEqual(32);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});

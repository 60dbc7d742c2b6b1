import type { AttemptView } from '@millwright/contracts';
import { describe, expect, it } from 'vitest';
import { createOverlayStore, type StepRun, takeStepRuns } from '../../core/state/overlay-store.ts';
import { testStepRun } from '../../core/testing.ts';
import { triesOf } from '../../run/attempt-list.tsx';
import { failedPasses, mostTries } from './step-state.ts';

const pass = (runIndex: number, parts: Partial<StepRun>): StepRun => testStepRun({ runIndex, ...parts });

function overlayOf(...passes: readonly StepRun[]) {
  const store = createOverlayStore();
  takeStepRuns(store, passes);
  return store.getState().steps?.get('a');
}

const attempt = (itemIndex: number, number: number): AttemptView => ({
  itemIndex,
  attempt: number,
  status: 'done',
  class: 'write',
  startedAt: '2026-01-31T09:00:00.000Z',
  finishedAt: null,
  error: null,
});

describe('what a card says about several passes', () => {
  it('tells of the pass that needed most tries, without the one that is only waited for', () => {
    expect(mostTries(overlayOf(pass(0, { attempts: 3 }), pass(1, {})))).toBe(3);
    expect(mostTries(overlayOf(pass(0, { status: 'waiting', waitsFor: { kind: 'retry', untilMs: 1 }, attempts: 2 })))).toBe(1);
    expect(mostTries(undefined)).toBe(0);
  });

  it('tells of failed passes that the last one hides', () => {
    expect(failedPasses(overlayOf(pass(0, { status: 'failed' }), pass(1, {})))).toBe(1);
    expect(failedPasses(overlayOf(pass(0, {}), pass(1, { status: 'failed' })))).toBe(0);
  });

  it('lists tries of items without the entry that sums them up', () => {
    expect(triesOf([attempt(-1, 2), attempt(0, 1), attempt(0, 2)]).map((one) => one.itemIndex)).toEqual([0, 0]);
    expect(triesOf([attempt(-1, 1)])).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { testStepRun } from '../testing.ts';
import { createOverlayStore, stepIn, type StepRun, takeStepRuns } from './overlay-store.ts';

const run = (parts: Partial<StepRun>): StepRun => testStepRun({ status: 'running', ...parts });

describe('a step on the canvas of a run', () => {
  it('is not called running while the run is paused; what ended or waits for something else stays as it is', () => {
    const store = createOverlayStore();
    takeStepRuns(store, [
      run({}),
      run({ nodeId: 'b', status: 'succeeded' }),
      run({ nodeId: 'c', status: 'waiting', waitsFor: { kind: 'timer', untilMs: 5 } }),
    ]);
    expect(stepIn(store.getState(), 'a')?.last.status).toBe('running');
    store.setState({ isPaused: true });
    expect(stepIn(store.getState(), 'a')?.last).toMatchObject({ status: 'waiting', waitsFor: { kind: 'pause' } });
    expect(stepIn(store.getState(), 'a')).toBe(stepIn(store.getState(), 'a'));
    expect(stepIn(store.getState(), 'b')?.last.status).toBe('succeeded');
    expect(stepIn(store.getState(), 'c')?.last.waitsFor).toEqual({ kind: 'timer', untilMs: 5 });
  });
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LoopClock } from './loop-clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A loop whose turns take as long as they are told to. */
function loop() {
  const at = { ms: 0 };
  const clock = new LoopClock({ nowMs: () => at.ms, monotonicMs: () => at.ms });
  const turn = (ms: number): void => {
    at.ms += ms;
    vi.advanceTimersByTime(50);
  };
  return { at, clock, turn };
}

it('goes while the loop turns, and counts a turn that took long for a tenth of a second', () => {
  const { at, clock, turn } = loop();
  expect(clock.monotonicMs()).toBe(0);
  for (let i = 0; i < 20; i++) turn(50);
  expect(clock.monotonicMs()).toBe(1_000);
  turn(5_000);
  expect(clock.monotonicMs()).toBe(1_100);
  at.ms += 30;
  expect(clock.monotonicMs()).toBe(1_130);
});

it('rests when nobody reads it, and goes on from there', () => {
  const { clock, turn } = loop();
  clock.monotonicMs();
  for (let i = 0; i < 400; i++) turn(50);
  expect(vi.getTimerCount()).toBe(0);
  const rested = clock.monotonicMs();
  expect(rested).toBeGreaterThanOrEqual(10_000);
  expect(rested).toBeLessThan(10_200);
  turn(50);
  expect(clock.monotonicMs()).toBe(rested + 50);
});

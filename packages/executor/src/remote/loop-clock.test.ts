import { expect, it, vi } from 'vitest';
import { LoopClock } from './loop-clock.ts';

it('goes while the loop turns, and counts a turn that took long for a tenth of a second', () => {
  vi.useFakeTimers();
  const at = { ms: 0 };
  const clock = new LoopClock({ nowMs: () => at.ms, monotonicMs: () => at.ms });
  const turn = (ms: number): void => {
    at.ms += ms;
    vi.advanceTimersByTime(50);
  };
  for (let i = 0; i < 20; i++) turn(50);
  expect(clock.monotonicMs()).toBe(1_000);
  turn(5_000);
  expect(clock.monotonicMs()).toBe(1_100);
  at.ms += 30;
  expect(clock.monotonicMs()).toBe(1_130);
  clock.stop();
  vi.useRealTimers();
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Wakes } from './wakes.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('one wake-up per run and second leaves; one held back leaves when the second is over, once for all who asked', async () => {
  const sent: string[] = [];
  const wakes = new Wakes(async (runId) => sent.push(runId) > 0, { nowMs: () => Date.now(), monotonicMs: () => Date.now() });
  expect(await wakes.wake('a')).toBe(true);
  await wakes.wake('b');
  const held = [wakes.wake('a'), wakes.wake('a')];
  expect(sent).toEqual(['a', 'b']);
  await vi.advanceTimersByTimeAsync(999);
  expect(sent).toEqual(['a', 'b']);
  await vi.advanceTimersByTimeAsync(1);
  expect(await Promise.all(held)).toEqual([true, true]);
  expect(sent).toEqual(['a', 'b', 'a']);
  await vi.advanceTimersByTimeAsync(1000);
  await wakes.wake('a');
  expect(sent).toHaveLength(4);
});

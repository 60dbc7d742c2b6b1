import { describe, expect, it } from 'vitest';
import { CallTimes } from './call-times.ts';

/** A clock that is moved by hand. */
function timesAt() {
  const clock = { atMs: 0 };
  const times = new CallTimes({ monotonicMs: () => clock.atMs });
  const call = (ms: number): void => {
    const over = times.begin('p', 'n');
    clock.atMs += ms;
    over();
  };
  return { clock, times, call };
}

describe('a node is slow', () => {
  it('when more than half of its last twenty calls took over 2 s, and not before there are twenty', () => {
    const { times, call } = timesAt();
    for (let i = 0; i < 9; i++) call(10);
    for (let i = 0; i < 10; i++) call(2_001);
    expect(times.isSlow('p', 'n')).toBe(false);
    call(2_001);
    expect(times.isSlow('p', 'n')).toBe(true);
    expect([times.isSlow('p', 'other'), times.isSlow('q', 'n')]).toEqual([false, false]);
  });

  it('not by a few slow calls, which every service has on a machine with too much to do', () => {
    const { times, call } = timesAt();
    for (let i = 0; i < 200; i++) call(i % 3 === 0 ? 4_000 : 10);
    expect(times.isSlow('p', 'n')).toBe(false);
  });

  it('until it has been quick again for long enough', () => {
    const { times, call } = timesAt();
    for (let i = 0; i < 20; i++) call(5_000);
    expect(times.isSlow('p', 'n')).toBe(true);
    for (let i = 0; i < 9; i++) call(10);
    expect(times.isSlow('p', 'n')).toBe(true);
    call(10);
    expect(times.isSlow('p', 'n')).toBe(false);
  });

  it('as soon as enough calls that began at once hang for 2 s', () => {
    const { times, clock } = timesAt();
    const over = Array.from({ length: 1_000 }, () => times.begin('p', 'n'));
    clock.atMs += 2_000;
    expect(times.isSlow('p', 'n')).toBe(false);
    clock.atMs += 1;
    expect(times.isSlow('p', 'n')).toBe(true);
    for (const end of over) end();
    expect(times.isSlow('p', 'n')).toBe(true);
  });
});

describe('a run waits for a service', () => {
  it('once a call of its open segment is out for more than 250 ms, however many of its calls are', () => {
    const { times, clock } = timesAt();
    const over = ['r1', 'r1', 'r2'].map((runId) => times.begin('p', 'n', runId));
    times.begin('p', 'n');
    clock.atMs += 250;
    expect(times.waitingRuns()).toBe(0);
    clock.atMs += 1;
    times.begin('p', 'n', 'r3');
    expect([times.waitingRuns(), times.slowRuns()]).toEqual([2, 0]);
    clock.atMs += 1_750;
    expect([times.waitingRuns(), times.slowRuns()]).toEqual([3, 2]);
    clock.atMs -= 1_750;
    over[0]?.();
    expect(times.waitingRuns()).toBe(2);
    over[1]?.();
    expect(times.waitingRuns()).toBe(1);
    over[2]?.();
    expect(times.waitingRuns()).toBe(0);
  });
});

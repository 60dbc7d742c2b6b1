import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { drive } from './drive.ts';
import { chain, ladder, LISTS, ROUNDS, star, starved } from './graphs.ts';
import { BareRun, planOf } from './ground.ts';

describe('size', () => {
  it.each(Object.entries({ chain, star, ladder, starved }))('a graph of 1,000 nodes compiles and ends: %s', (_name, graph) => {
    const { skeleton } = planOf(graph(1000));
    expect(skeleton.nodes.length).toBeGreaterThan(990);
    expect(drive(skeleton)).toEqual({ events: skeleton.nodes.length, status: 'succeeded' });
  });

  it('a run of 10,000 node runs ends well, each of them once', async () => {
    const run = new BareRun(planOf(ROUNDS));
    const result = await run.run(Array.from({ length: 5000 }, (_, n) => ({ n })));
    expect(run.error).toBeNull();
    expect(result).toEqual({ kind: 'ended', status: 'succeeded' });
    expect(run.ended.size).toBe(10_002);
    expect([...run.ended.values()].every(({ status }) => status === 'succeeded')).toBe(true);
    expect(run.settledTwice).toEqual([]);
  });

  it('the same run in segments of one node run each comes to the same', async () => {
    const run = new BareRun(planOf(ROUNDS), { segmentMs: 0 });
    await run.run(Array.from({ length: 20 }, (_, n) => ({ n })));
    expect([run.error, run.ended.size, run.settledTwice]).toEqual([null, 42, []]);
  });

  it('while 100,000 items pass, everything else gets its turn every 5 ms', async () => {
    // Each look at the clock takes 10 µs: what counts is how many items pass between two turns.
    const counts = { looks: 0, longest: 0, since: 0 };
    const clock = {
      nowMs: () => Date.now(),
      monotonicMs: () => {
        counts.looks += 1;
        counts.longest = Math.max(counts.longest, counts.looks - counts.since);
        return counts.looks / 100;
      },
    };
    const turn = async (): Promise<void> => {
      counts.since = counts.looks;
      await setImmediate();
    };
    const run = new BareRun(planOf(LISTS), { segmentMs: 600_000 }, { clock, turn });
    await run.run(Array.from({ length: 100_000 }, (_, n) => ({ n })));
    expect(run.ended.get('aggregate:0')).toEqual({ status: 'succeeded', count: 1 });
    // Edit and filter look at each item.
    expect(counts.looks).toBeGreaterThan(200_000);
    expect(counts.longest).toBeLessThan(520);
  });
});

import { concurrency, cost, learned, per, window, type LimitSpec } from '@millwright/node-sdk';
import type { JsonValue } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { Limiter, type KeyedLimit } from './limiter.ts';

const all = per('app');

function trial() {
  let nowMs = 0;
  const waits: number[] = [];
  const sleep = (ms: number): Promise<void> => {
    waits.push(ms);
    nowMs += ms;
    return Promise.resolve();
  };
  const limiter = new Limiter({ nowMs: () => nowMs, monotonicMs: () => nowMs }, sleep);
  const signal = new AbortController().signal;
  const enter = (limits: readonly KeyedLimit[], longestMs = 10_000) => limiter.enter(limits, { signal, longestMs });
  return { limiter, enter, waits, pass: (ms: number) => void (nowMs += ms) };
}

const keyed = (spec: LimitSpec, key = 'k'): readonly KeyedLimit[] => [{ key, spec }];
const answer = (header: Readonly<Record<string, string>>, body: JsonValue = null) => ({ status: 200, header, body });

describe('limits', () => {
  it('a window lets so many through at once, the rest as it fills again; other keys are not concerned', async () => {
    const { enter, waits, pass } = trial();
    const limit = window(2, '10s', all);
    for (let count = 0; count < 4; count++) await enter(keyed(limit));
    expect(waits).toEqual([5000, 5000]);
    await enter(keyed(limit, 'other'));
    pass(10_000);
    await enter(keyed(limit));
    expect(waits).toHaveLength(2);
  });

  it('a wait that is too long is a failure that was not sent, and takes nothing', async () => {
    const { enter, waits, pass } = trial();
    const limit = keyed(window(1, '60s', all));
    await enter(limit);
    await expect(enter(limit, 1000)).rejects.toMatchObject({
      kind: 'rate',
      code: 'limit_reached',
      retry: { afterMs: 60_000 },
      details: { sent: false },
    });
    pass(60_000);
    await enter(limit, 1000);
    expect(waits).toEqual([]);
  });

  it('so many at once: who waits goes on in turn when one is over', async () => {
    const { limiter } = trial();
    const order: string[] = [];
    const never = new Limiter(
      { nowMs: () => 0, monotonicMs: () => 0 },
      (_ms, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
    );
    expect(limiter).toBeInstanceOf(Limiter);
    const limit = keyed(concurrency(1, all));
    const patience = { signal: new AbortController().signal, longestMs: 1000 };
    const first = await never.enter(limit, patience);
    const others = ['a', 'b'].map(async (name) => {
      const pass = await never.enter(limit, patience);
      order.push(name);
      pass.release();
    });
    expect(order).toEqual([]);
    first.release();
    first.release();
    await Promise.all(others);
    expect(order).toEqual(['a', 'b']);
  });

  it('who gives up waiting leaves its place to others', async () => {
    const { enter } = trial();
    const limit = keyed(concurrency(1, all));
    const first = await enter(limit);
    await expect(enter(limit)).rejects.toMatchObject({ code: 'limit_reached' });
    first.release();
    (await enter(limit)).release();
  });

  it('headers that say that nothing is left close it until the reset', async () => {
    const { enter, waits } = trial();
    const limit = keyed(learned({ remaining: 'X-Left', reset: 'X-Reset', per: all }));
    (await enter(limit)).learn(answer({ 'x-left': '1', 'x-reset': '9' }));
    (await enter(limit)).learn(answer({ 'x-left': '0', 'x-reset': '4' }));
    await enter(limit);
    expect(waits).toEqual([4000]);
  });

  it('points are taken as the answer says', async () => {
    const { enter, waits } = trial();
    const limit = keyed(cost({ points: 100, every: '10s', estimate: 10, spent: 'body.cost', per: all }));
    (await enter(limit)).learn(answer({}, { cost: 100 }));
    await enter(limit);
    expect(waits).toEqual([1000]);
  });

  it('a service that says "slow down" is left alone by all who share the limit', async () => {
    const { limiter, enter, waits } = trial();
    const limit = keyed(window(100, '1s', all));
    limiter.close(limit, 3000);
    await enter(limit);
    expect(waits).toEqual([3000]);
  });
});

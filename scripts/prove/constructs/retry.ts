import { effect, END, OF_DELIVERY, type Construct } from './construct.ts';

/** @param initialMs pause before each next try */
function retry(name: string, initialMs: number, isHeld: boolean): Construct {
  const settings = { retry: { maxAttempts: 8, initialMs, backoff: 1, jitter: 0 } };
  return {
    name,
    items: 1,
    calls: 0,
    sketch: (base) => ({
      nodes: [['hook', 'core.webhook', { answer: 'now' }], effect('again', `${base}/${OF_DELIVERY}/again`, { settings }), END],
      edges: ['hook -> again', 'again -> end'],
    }),
    rules: () => [
      { path: '/again', status: 503, times: 1, ...(isHeld ? { isHeld } : {}) },
      { path: '/again', status: 503, times: 1 },
    ],
    effects: () => ['/again'],
    isInOrder: true,
    results: 1,
    requests: 3,
    end: { status: 'succeeded', code: null },
  };
}

/** A write that fails twice and is tried again at once, inside its segment: held in the first try. */
export const retrySoon = retry('retry soon', 300, true);

/** The same with a pause that outlives the segment: parts die while Temporal has the timer. */
export const retryLater = retry('retry later', 6_000, false);

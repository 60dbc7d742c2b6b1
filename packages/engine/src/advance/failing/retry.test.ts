import { expect, it } from 'vitest';
import type { PlanNode } from '@millwright/workflow';
import { retryAt } from './retry.ts';

const retry = { maxAttempts: 3, initialMs: 1000, backoff: 2, maxMs: 60_000, jitter: 0, on: ['rate'] } as const;
const node = { retry: { ...retry, on: [...retry.on] } } as Partial<PlanNode> as PlanNode;

it('Retry-After moves the next try, by a day at most', () => {
  const at = (retryAfterMs: number): number | null =>
    retryAt(node, 1, { error: { code: 'c', message: 'm', kind: 'rate', retryAfterMs }, atMs: 0, chance: 0, final: false, fallback: {} });
  expect(at(5000)).toBe(5000);
  expect(at(10)).toBe(1000);
  expect(at(99_999_999_000)).toBe(86_400_000);
});

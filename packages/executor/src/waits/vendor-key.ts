import type { OpenAttempt, Outcome, PlanNode } from '@millwright/workflow';

/** How one try of an item ended, or that it has not. */
type Tried = Pick<Outcome | OpenAttempt, 'attempt' | 'status' | 'startedAtMs'> & Partial<Pick<Outcome, 'error'>>;

/** Whether the vendor repeats this answer for the same key, so that the next try needs another one. */
export function wantsNewKey({ status, error }: Pick<Tried, 'status' | 'error'>): boolean {
  return status === 'failed' && error?.newKey === true;
}

/** How many of these tries changed the key of those after them. */
export function newKeysIn(tries: readonly Tried[]): number {
  return tries.filter(wantsNewKey).length;
}

/**
 * When the first of those requests left that were lost under the present key, ms since 1970; undefined when none was.
 * @param tries of one item, in any order
 * @param before the same of earlier tries
 * @param wished tries after which a person wanted a new key
 */
export function lostSince(tries: readonly Tried[], before?: number, wished: readonly number[] = []): number | undefined {
  const changed = [...wished, ...tries.filter(wantsNewKey).map(({ attempt }) => attempt)].reduce((most, one) => Math.max(most, one), 0);
  const times = tries
    .filter(({ attempt, status }) => attempt > changed && (status === 'started' || status === 'unknown'))
    .map((one) => one.startedAtMs);
  const all = changed > 0 || before === undefined ? times : [before, ...times];
  return all.length === 0 ? undefined : all.reduce((least, one) => Math.min(least, one));
}

/** Whether the vendor may have forgotten the key of a request that was lost then: sent again, it could be done twice. */
export function isKeyExpired({ keyTtlMs }: Pick<PlanNode, 'keyTtlMs'>, lostSinceMs: number | undefined, nowMs: number): boolean {
  return keyTtlMs !== undefined && lostSinceMs !== undefined && nowMs - lostSinceMs >= keyTtlMs;
}

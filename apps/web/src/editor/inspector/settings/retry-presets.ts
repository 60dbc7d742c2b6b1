import { retrySchema, type RetryPolicy } from '@millwright/workflow';

/** Policies that fit most steps, by name; times in ms. */
export const RETRY_PRESETS = {
  /** Rides out a hiccup of a service: a few seconds. */
  few: retrySchema.parse({ maxAttempts: 3, initialMs: 1000, backoff: 2, maxMs: 60_000 }),
  /** Rides out an outage: about two hours. */
  many: retrySchema.parse({ maxAttempts: 10, initialMs: 30_000, backoff: 2, maxMs: 900_000 }),
} as const satisfies Readonly<Record<string, RetryPolicy>>;

/** What the form offers: none, a preset, or values of one's own. */
export type RetryChoice = 'none' | keyof typeof RETRY_PRESETS | 'own';

/** Which choice a policy is. */
export function choiceOf(policy: RetryPolicy | null): RetryChoice {
  if (policy === null || policy.maxAttempts === 1) return 'none';
  const text = JSON.stringify(retrySchema.parse(policy));
  if (JSON.stringify(RETRY_PRESETS.few) === text) return 'few';
  return JSON.stringify(RETRY_PRESETS.many) === text ? 'many' : 'own';
}

/**
 * The waits between the tries of a policy, without jitter, in ms: what the form shows as a sentence.
 * @param limit waits at most
 */
export function waitsOf(policy: RetryPolicy, limit: number): readonly number[] {
  const count = Math.min(limit, policy.maxAttempts - 1);
  return Array.from({ length: count }, (_, index) => Math.min(policy.maxMs, policy.initialMs * policy.backoff ** index));
}

import type { PlanNode } from '@millwright/workflow';
import type { FailedFacts } from '../events.ts';

/** Longest wait that a service may ask for, in ms: as long as a policy's own. */
const LONGEST_MS = 86_400_000;

/**
 * When a failed activation is tried again, ms since 1970; null when it is not.
 * Errors without a kind are of the user's making and are never retried.
 * @param attempt the try that failed, from 1
 */
export function retryAt(node: PlanNode, attempt: number, failed: FailedFacts): number | null {
  const policy = node.retry;
  const kind = failed.error.kind;
  if (policy === null || failed.final || attempt >= policy.maxAttempts) return null;
  if (kind === undefined || !policy.on.some((one) => one === kind)) return null;
  const plain = Math.min(policy.maxMs, policy.initialMs * policy.backoff ** (attempt - 1));
  const spread = plain * (1 + policy.jitter * (2 * failed.chance - 1));
  return Math.ceil(failed.atMs + Math.max(spread, Math.min(LONGEST_MS, failed.error.retryAfterMs ?? 0)));
}

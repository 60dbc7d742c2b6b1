import { retryAt } from '@millwright/engine/advance';
import type { Outcome, PlanNode, RunError } from '@millwright/workflow';

/** Why an item failed. */
export function errorOf(outcome: Outcome): RunError {
  return (
    outcome.error ?? {
      code: 'answer_lost',
      message: 'The answer of the service was lost.',
      hint: 'Look there whether it was done, then resume the run.',
      nodeId: outcome.nodeId,
    }
  );
}

/** A write whose outcome is unknown is not tried again by itself unless the node says so. */
export function isFinal(node: PlanNode, { status }: Outcome): boolean {
  return status === 'unknown' && node.onLostAnswer !== 'resend';
}

/** Whether the node's policy tries an item again after this outcome. */
export function canRetry(node: PlanNode, attempt: number, outcome: Outcome): boolean {
  if (outcome.status === 'done') return false;
  return (
    retryAt(node, attempt, {
      error: errorOf(outcome),
      atMs: outcome.finishedAtMs,
      chance: 0,
      final: isFinal(node, outcome),
      fallback: {},
    }) !== null
  );
}

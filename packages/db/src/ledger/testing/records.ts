import type { NodeRunRecord, Outcome, RunEnd, StartedAttempt } from '@millwright/workflow';

/** The time of all facts, ms since 1970. */
export const nowMs = 1_790_000_000_000;
/** A write that has begun. @param n the number of its try */
export const attempt = (nodeId: string, n = 1): StartedAttempt => ({
  nodeId,
  runIndex: 0,
  itemIndex: 0,
  attempt: n,
  class: 'write',
  requestHash: `hash-${nodeId}`,
  startedAtMs: nowMs,
});
/** What became of a write. */
export const outcome = (nodeId: string, seq: number, more: Partial<Outcome> = {}): Outcome => ({
  nodeId,
  runIndex: 0,
  itemIndex: 0,
  attempt: 1,
  class: 'write',
  seq,
  status: 'done',
  response: { from: nodeId },
  startedAtMs: nowMs,
  finishedAtMs: nowMs + 5,
  ...more,
});
/** A node run that went well. */
export const nodeRun = (nodeId: string, more: Partial<NodeRunRecord> = {}): NodeRunRecord => ({
  nodeId,
  runIndex: 0,
  status: 'succeeded',
  attempts: 1,
  startedAtMs: nowMs,
  finishedAtMs: nowMs + 1,
  inputs: {},
  outputs: {},
  ...more,
});
/** The end of a run, as a segment closes with it. */
export const ended = (status: RunEnd['status'] = 'succeeded'): { readonly ended: RunEnd } => ({
  ended: { status, finishedAtMs: nowMs + 10 },
});

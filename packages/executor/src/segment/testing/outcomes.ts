import type { Outcome } from '@millwright/workflow';

/** A stored outcome of a node that is in no plan. */
export const OF_NO_NODE: Outcome = {
  nodeId: 'gone',
  runIndex: 0,
  itemIndex: 0,
  attempt: 1,
  class: 'read',
  seq: 1,
  status: 'done',
  startedAtMs: 1,
  finishedAtMs: 1,
};

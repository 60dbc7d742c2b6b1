import type { RunId } from '@millwright/core';
import { derivedId } from '@millwright/core/ids-node';
import type { AttemptKey } from '@millwright/workflow';
import type { NodeContext } from '../nodes/prepared.ts';
import type { Work } from '../nodes/work.ts';

/** The id of a called run: the same for every try of the segment, and for a run that goes on with this one. */
export function childRunId({ header }: NodeContext, { nodeId, runIndex, itemIndex, attempt }: AttemptKey): RunId {
  return derivedId('run', 'call', header.resumes?.originRunId ?? header.runId, nodeId, `${runIndex}`, `${itemIndex}`, `${attempt}`);
}

/** Runs that a node run has called and that have not ended. */
export function openCalls(context: NodeContext, { items, prepared: { activation } }: Work): readonly RunId[] {
  const { nodeId, runIndex: ownIndex, keyIndex: runIndex = ownIndex } = activation;
  return items.flatMap(({ status, open, itemIndex }) =>
    status === 'settled' || open === undefined ? [] : [childRunId(context, { nodeId, runIndex, itemIndex, attempt: open.attempt })],
  );
}

import { UserError, type JsonObject } from '@millwright/core';
import { livePlans, plans } from '@millwright/db';
import { callInputs, checkCallInput } from '@millwright/engine';
import type { ChildRuns, ChildStart } from '@millwright/executor';
import { startCalledRun, triggerOf, type CallParts } from './start-called-run.ts';

const CALLED_TYPE = 'core.calledTrigger';
/** Starts remembered: a segment that opens again asks for each run that it waits for. */
const MAX_KNOWN = 10_000;

/** Starts runs that runs call (durability.md §5). */
export function createChildRuns(parts: CallParts): ChildRuns {
  const known = new Set<string>();
  return {
    start: async (call) => {
      if (known.has(call.runId)) return null;
      const end = await start(parts, call);
      known.add(call.runId);
      const [oldest] = known;
      if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
      return end;
    },
    stop: ({ workspaceId }, runIds) => livePlans.stopCalledRuns(parts.db.executor, { workspaceId, runIds }),
  };
}

async function start(parts: CallParts, call: ChildStart): Promise<JsonObject | null> {
  const { db } = parts;
  const { header, runId, workflowId, items, parent } = call;
  const { workspaceId } = header;
  const begun = await livePlans.calledRun(db.executor, { workspaceId, runId });
  if (begun !== null) {
    await call.beforeStart();
    // What a run that this one goes on with has called told that one how it ended.
    return begun.callerRunId === header.runId ? null : begun.end;
  }
  const live = await livePlans.livePlan(db.executor, { workspaceId, workflowId });
  const triggerNodeId = live === null ? undefined : triggerOf(live, CALLED_TYPE);
  if (live === null || triggerNodeId === undefined) throw targetMissing(workflowId, live !== null);
  const config = await plans.config(db.executor, { workspaceId, planHash: live.planHash, nodeId: triggerNodeId });
  const inputs = callInputs(config?.parameters['inputs']);
  for (const item of items) checkCallInput(inputs, item.json);
  await call.beforeStart();
  const failureOf = header.failureOf === undefined ? {} : { failureOf: header.failureOf };
  await startCalledRun(parts, {
    workspaceId,
    runId,
    workflowId,
    live,
    triggerNodeId,
    items,
    cause: { mode: 'called', parent, ...failureOf },
  });
  return null;
}

function targetMissing(workflowId: string, isLive: boolean): UserError {
  return new UserError('notFound', {
    code: 'call_target_missing',
    message: isLive ? 'the called workflow does not start with "Called by a workflow"' : 'the called workflow is not live in this workspace',
    hint: isLive ? 'Add the trigger "Called by a workflow" to it and publish it.' : 'Choose another workflow, or publish this one and switch it on.',
    details: { field: 'workflow', workflowId },
  });
}

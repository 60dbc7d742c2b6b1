import { TransientError, UserError, type JsonObject } from '@millwright/core';
import { livePlans, plans } from '@millwright/db';
import { callInputs, checkCallInput } from '@millwright/engine';
import type { ChildRuns, ChildStart } from '@millwright/executor';
import type { RunHeader } from '@millwright/workflow';
import { isEnded } from '@millwright/workflow/states';
import { startCalledRun, triggerOf, type CallParts } from './start-called-run.ts';

const CALLED_TYPE = 'core.calledTrigger';
/** Starts remembered: a segment that opens again asks for each run that it waits for. */
const MAX_KNOWN = 10_000;

/** Starts runs that runs call (durability.md §5). */
export function createChildRuns(parts: CallParts): ChildRuns {
  const known = new Set<string>();
  return {
    start: async (call) => {
      // A run that goes on with the caller asks for the same called run, and is answered otherwise.
      const key = `${call.header.runId}:${call.runId}`;
      if (known.has(key)) return null;
      const end = await start(parts, call);
      known.add(key);
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
    if (begun.callerRunId === header.runId || !parent.waits || begun.end !== null)
      return begun.callerRunId === header.runId ? null : begun.end;
    await livePlans.stopCalledRuns(db.executor, { workspaceId, runIds: [runId] });
    throw new TransientError({ code: 'call_stopping', message: `the run ${runId} that was called before has not stopped yet` });
  }
  const resumes = await resumedBy(parts, call);
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
    cause: { mode: 'called', parent, ...failureOf, ...resumes },
  });
  return null;
}

/**
 * What an earlier try of the call has done is not done again: its run is gone on with. One that succeeded is called anew on purpose.
 * @throws UserError `call_under_way`, `call_answer_lost`
 */
async function resumedBy({ db }: CallParts, call: ChildStart): Promise<Pick<RunHeader, 'resumes' | 'originDay' | 'fixed'> | null> {
  const { header, workflowId, earlier, isChanged } = call;
  const last = await livePlans.earlierCall(db.executor, { workspaceId: header.workspaceId, runIds: earlier });
  if (last === null || last.workflowId !== workflowId || (last.status === 'succeeded' && !last.isResumed)) return null;
  if (!isEnded(last.status)) throw underWay(last.runId);
  if (last.isAnswerLost) throw answerLost(last.runId);
  const { runId, originDay, originRunId, originStartedAtMs, fixed } = last;
  const onChanged = header.resumes?.onChanged ?? (isChanged ? ('resend' as const) : undefined);
  return {
    originDay,
    ...(fixed === null ? {} : { fixed }),
    resumes: { runId, originRunId, originStartedAtMs, ...(onChanged === undefined ? {} : { onChanged }) },
  };
}

function underWay(runId: string): UserError {
  return new UserError('conflict', {
    code: 'call_under_way',
    message: `the called run is gone on with by ${runId}, which has not ended`,
    hint: 'Wait for the end of that run, or cancel it, then resume this one.',
  });
}

function answerLost(runId: string): UserError {
  return new UserError('conflict', {
    code: 'call_answer_lost',
    message: `the called run ${runId} has done something whose answer was not kept, so it cannot be gone on with`,
    hint: 'Run the workflow again from the start, or let the called workflow save the data of its runs.',
  });
}

function targetMissing(workflowId: string, isLive: boolean): UserError {
  return new UserError('notFound', {
    code: 'call_target_missing',
    message: isLive
      ? 'the called workflow does not start with "Called by a workflow"'
      : 'the called workflow is not live in this workspace',
    hint: isLive
      ? 'Add the trigger "Called by a workflow" to it and publish it.'
      : 'Choose another workflow, or publish this one and switch it on.',
    details: { field: 'workflow', workflowId },
  });
}

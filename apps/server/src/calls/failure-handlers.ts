import type { JsonValue } from '@millwright/core';
import { derivedId } from '@millwright/core/ids-node';
import { livePlans } from '@millwright/db';
import type { Logger } from '@millwright/platform';
import { startCalledRun, triggerOf, type CallParts } from './start-called-run.ts';

const ERROR_TYPE = 'core.errorTrigger';
/** Handlers started per look. */
const BATCH = 50;

/**
 * Starts the handlers of runs that have failed. Which are due is stored with the end of each run; the id of a handler's run derives
 * from the failed one's, so that however often this is tried there is one.
 * @throws TransientError
 */
export async function startDueHandlers(parts: CallParts, log: Pick<Logger, 'warn'>): Promise<void> {
  for (const due of await livePlans.dueFailures(parts.db.executor, BATCH)) {
    const fault = await startHandler(parts, due);
    if (fault !== null) log.warn({ runId: due.runId, workspaceId: due.workspaceId, fault }, 'the handler of a failed run was not started');
    await livePlans.closeFailure(parts.db.executor, due, fault);
  }
}

async function startHandler(parts: CallParts, due: livePlans.DueFailure): Promise<string | null> {
  const { workspaceId, runId, handlerWorkflowId: workflowId } = due;
  const live = await livePlans.livePlan(parts.db.executor, { workspaceId, workflowId });
  if (live === null) return 'the workflow is not live';
  const triggerNodeId = triggerOf(live, ERROR_TYPE);
  if (triggerNodeId === undefined) return 'the workflow has no trigger "When a run fails"';
  await startCalledRun(parts, {
    workspaceId,
    runId: derivedId('run', 'failure', runId),
    workflowId,
    live,
    triggerNodeId,
    items: [{ json: describeFailure(due) }],
    cause: { mode: 'failure', failureOf: runId },
  });
  return null;
}

/** What a handler is told: which run, where and why; no data of the run. */
function describeFailure({ runId, workflowId, workflowName, startedAt, finishedAt, error }: livePlans.DueFailure): JsonValue {
  return {
    run: {
      id: runId,
      url: `/runs/${runId}`,
      startedAt: startedAt.toISOString(),
      failedAt: (finishedAt ?? startedAt).toISOString(),
    },
    workflow: { id: workflowId, name: workflowName },
    node: error?.nodeId === undefined ? null : { id: error.nodeId },
    error: { code: error?.code ?? 'run_failed', message: error?.message ?? 'The run failed.', hint: error?.hint ?? null },
  };
}

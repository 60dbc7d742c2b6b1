import type { NodeRunSummary, RunSummary } from '@millwright/contracts';
import type { runs } from '@millwright/db';

/** A run as the wire shows it. */
export function toRunSummary(run: runs.RunSummary): RunSummary {
  const { id, workflowId, workflowName, versionId, status, reason, waitsFor, mode, error, startedAt, finishedAt } = run;
  return {
    id,
    workflowId,
    workflowName,
    versionId,
    status,
    reason,
    waitsFor,
    mode,
    error,
    // Versions are never removed; what the editor tests has no number.
    versionNumber: run.versionNumber ?? 0,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    durationMs: finishedAt === null ? null : finishedAt.getTime() - startedAt.getTime(),
    ...(run.parentRunId === null ? {} : { parentRunId: run.parentRunId }),
    ...(run.resumesRunId === null ? {} : { resumesRunId: run.resumesRunId }),
    ...(run.resumedByRunId === null ? {} : { resumedByRunId: run.resumedByRunId }),
    ...(run.rerunOfRunId === null ? {} : { rerunOfRunId: run.rerunOfRunId }),
    ...(run.pauseRequestedAt === null || finishedAt !== null ? {} : { pauseRequested: true as const }),
    ...(run.cancelRequestedAt === null || finishedAt !== null ? {} : { cancelRequested: true as const }),
  };
}

/** A node run as the wire shows it. */
export function toNodeRunSummary({ startedAt, finishedAt, ...nodeRun }: runs.NodeRunSummary): NodeRunSummary {
  return { ...nodeRun, startedAt: startedAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null };
}

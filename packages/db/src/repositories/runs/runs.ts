import type { RunId, UserId, VersionId, WorkflowId } from '@millwright/core';
import type { NodeRunStatus, EndReason, RunError, RunStatus, SkipReason, WaitsFor } from '@millwright/workflow/states';
import type { MapProgress, RunHeader } from '@millwright/workflow';
import { pageLimit, readCursor, toPage, type Page, type PageRequest } from '../../cursor.ts';
import { decodePayload } from '../../payload.ts';
import { firstOf, type TenantTx } from '../../queryable.ts';

/** One execution, without data. */
export interface RunSummary {
  readonly id: RunId;
  readonly workflowId: WorkflowId;
  readonly workflowName: string;
  readonly versionId: VersionId;
  readonly versionNumber: number | null;
  readonly planHash: string;
  readonly triggerNodeId: string;
  readonly mode: RunHeader['mode'];
  readonly status: RunStatus;
  readonly reason: EndReason | null;
  readonly waitsFor: WaitsFor | null;
  readonly error: RunError | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly startedBy: UserId | null;
  readonly cancelRequestedAt: Date | null;
  readonly pauseRequestedAt: Date | null;
  /** The run that called it. */
  readonly parentRunId: RunId | null;
  /** The run that it goes on with. */
  readonly resumesRunId: RunId | null;
  /** The run that goes on with it. */
  readonly resumedByRunId: RunId | null;
  /** The run whose input it was started with. */
  readonly rerunOfRunId: RunId | null;
}

/** One activation of a node, without data. */
export interface NodeRunSummary {
  readonly nodeId: string;
  readonly runIndex: number;
  readonly status: NodeRunStatus;
  readonly reason: EndReason | SkipReason | null;
  readonly waitsFor: WaitsFor | null;
  readonly error: RunError | null;
  readonly attempts: number;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  /** Items by input port. */
  readonly inputCounts: Readonly<Record<string, number>>;
  /** Items by output port. */
  readonly outputCounts: Readonly<Record<string, number>>;
  /** Of a map: how far its items are. */
  readonly progress?: MapProgress;
}

interface Row {
  readonly run_id: string;
  readonly workflow_id: string;
  readonly workflow_name: string;
  readonly version_id: string;
  readonly number: number | null;
  readonly plan_hash: string;
  readonly trigger_node_id: string;
  readonly mode: RunHeader['mode'];
  readonly status: RunStatus;
  readonly reason: EndReason | null;
  readonly waits_for: WaitsFor | null;
  readonly error: RunError | null;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly started_by: string | null;
  readonly cancel_at: Date | null;
  readonly pause_at: Date | null;
  readonly parent_run_id: string | null;
  readonly resumes_run_id: string | null;
  readonly resumed_by: string | null;
  readonly rerun_of: string | null;
  readonly position: string;
}

const SELECT = `
  select r.run_id, r.workflow_id, r.workflow_name, r.version_id, v.number, r.plan_hash, r.trigger_node_id, r.mode, r.status, r.reason,
    r.waits_for, r.error, r.started_at, r.finished_at, r.started_by, r.cancel_at, r.pause_at, r.parent_run_id, r.resumes_run_id, r.rerun_of,
    (select n.run_id from runs n where n.workspace_id = r.workspace_id and n.resumes_run_id = r.run_id) as resumed_by,
    to_char(r.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as position
  from runs r left join workflow_versions v on v.workspace_id = r.workspace_id and v.id = r.version_id`;

/** Which runs a list has; `production`: all but those of the editor. */
export interface RunFilter extends PageRequest {
  readonly workflowId?: WorkflowId | undefined;
  readonly status?: RunStatus | undefined;
  readonly mode?: RunHeader['mode'] | 'production' | undefined;
}

/** Runs, the newest first. */
export async function list(tx: TenantTx, filter: RunFilter): Promise<Page<RunSummary>> {
  const after = readCursor(filter.cursor);
  const limit = pageLimit(filter);
  const values: unknown[] = [tx.workspaceId];
  let where = 'r.workspace_id = $1';
  if (filter.workflowId !== undefined) where += ` and r.workflow_id = $${String(values.push(filter.workflowId))}`;
  if (filter.status !== undefined) {
    where += ` and r.status = $${String(values.push(filter.status))}`;
    if (filter.status === 'failed' || filter.status === 'canceled') where += ` and r.status in ('failed', 'canceled')`;
  }
  if (filter.mode === 'production') where += ` and r.mode <> 'test'`;
  else if (filter.mode !== undefined) where += ` and r.mode = $${String(values.push(filter.mode))}`;
  if (after !== null)
    where += ` and (r.started_at, r.run_id) < ($${String(values.push(after.at))}::timestamptz, $${String(values.push(after.id))})`;
  const result = await tx.query<Row>(
    `${SELECT} where ${where} order by r.started_at desc, r.run_id desc limit $${String(values.push(limit + 1))}`,
    values,
  );
  return toPage(result.rows, limit, { position: (row) => ({ at: row.position, id: row.run_id }), map: toSummary });
}

/** One run. */
export async function get(tx: TenantTx, runId: RunId): Promise<RunSummary | null> {
  const row = firstOf(await tx.query<Row>(`${SELECT} where r.workspace_id = $1 and r.run_id = $2`, [tx.workspaceId, runId]));
  return row === null ? null : toSummary(row);
}

/** An accepted run that has not been started: it waits for room. Null when there is none of that id. */
export async function queued(tx: TenantTx, runId: RunId): Promise<RunSummary | null> {
  const row = firstOf(
    await tx.query<{ input: Buffer }>(
      `select input from deliveries where workspace_id = $1 and run_id = $2 and status = 'pending' and input is not null`,
      [tx.workspaceId, runId],
    ),
  );
  if (row === null) return null;
  const { header } = decodePayload(row.input) as unknown as { readonly header: RunHeader };
  const version = firstOf(
    await tx.query<{ number: number }>('select number from workflow_versions where workspace_id = $1 and id = $2', [
      tx.workspaceId,
      header.versionId,
    ]),
  );
  return {
    id: header.runId,
    workflowId: header.workflowId,
    workflowName: header.workflowName,
    versionId: header.versionId,
    versionNumber: version?.number ?? null,
    planHash: header.planHash,
    triggerNodeId: header.triggerNodeId,
    mode: header.mode,
    status: 'queued',
    waitsFor: { kind: 'capacity' },
    startedAt: new Date(header.startedAtMs),
    ...NOT_BEGUN,
  };
}

const NOT_BEGUN = {
  reason: null,
  error: null,
  finishedAt: null,
  startedBy: null,
  cancelRequestedAt: null,
  pauseRequestedAt: null,
  parentRunId: null,
  resumesRunId: null,
  resumedByRunId: null,
  rerunOfRunId: null,
} as const;

/** A run's node runs in the order in which they started. */
export async function nodeRuns(tx: TenantTx, runId: RunId): Promise<readonly NodeRunSummary[]> {
  const result = await tx.query<{
    node_id: string;
    run_index: number;
    status: NodeRunStatus;
    reason: EndReason | SkipReason | null;
    waits_for: WaitsFor | null;
    error: RunError | null;
    attempts: number;
    started_at: Date;
    finished_at: Date | null;
    counts: { in: Record<string, number>; out: Record<string, number>; progress?: MapProgress };
  }>(
    `select node_id, run_index, status, reason, waits_for, error, attempts, started_at, finished_at, counts
     from node_runs where workspace_id = $1 and run_id = $2 order by started_at, node_id, run_index`,
    [tx.workspaceId, runId],
  );
  return result.rows.map((row) => ({
    nodeId: row.node_id,
    runIndex: row.run_index,
    status: row.status,
    reason: row.reason,
    waitsFor: row.waits_for,
    error: row.error,
    attempts: row.attempts,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    inputCounts: row.counts.in,
    // Ports of ours hold what people see elsewhere.
    outputCounts: Object.fromEntries(Object.entries(row.counts.out).filter(([port]) => !port.startsWith('~'))),
    ...(row.counts.progress === undefined ? {} : { progress: row.counts.progress }),
  }));
}

/**
 * Asks an open run to stop: whoever executes it hears of it at once.
 * @returns false when there is no such run or it has ended
 */
export async function requestCancel(tx: TenantTx, request: { readonly runId: RunId; readonly by: UserId | null }): Promise<boolean> {
  const result = await tx.query(
    `with asked as (
       update runs set cancel_at = coalesce(cancel_at, now()), cancel_by = coalesce(cancel_by, $3)
       where workspace_id = $1 and run_id = $2 and status in ('queued', 'running', 'waiting') returning workspace_id, run_id)
     select pg_notify('run_cancel', workspace_id || ':' || run_id) from asked`,
    [tx.workspaceId, request.runId, request.by],
  );
  return result.count > 0;
}

function toSummary(row: Row): RunSummary {
  return {
    id: row.run_id,
    workflowId: row.workflow_id,
    workflowName: row.workflow_name,
    versionId: row.version_id,
    versionNumber: row.number,
    planHash: row.plan_hash,
    triggerNodeId: row.trigger_node_id,
    mode: row.mode,
    status: row.status,
    reason: row.reason,
    waitsFor: row.waits_for,
    error: row.error,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    startedBy: row.started_by,
    cancelRequestedAt: row.cancel_at,
    pauseRequestedAt: row.pause_at,
    parentRunId: row.parent_run_id,
    resumesRunId: row.resumes_run_id,
    resumedByRunId: row.resumed_by,
    rerunOfRunId: row.rerun_of,
  };
}

import type { JsonObject, RunId, VersionId, WorkflowId, WorkspaceId } from '@millwright/core';
import type { FixedValues, PlanSkeleton, RunError, WorkflowSettings } from '@millwright/workflow';
import type { RunStatus } from '@millwright/workflow/states';
import { firstOf, type ExecutorDb, type TenantTx } from '../queryable.ts';

/** What a run of a workflow's live version is started from. */
export interface LivePlan {
  readonly workflowName: string;
  readonly versionId: VersionId;
  readonly planHash: string;
  readonly skeleton: PlanSkeleton;
  readonly settings: WorkflowSettings;
}

/** The plan of a workflow's live version; null when the workspace has no such workflow, or it is off, archived or never published. */
export async function livePlan(
  db: ExecutorDb | TenantTx,
  of: { readonly workspaceId: WorkspaceId; readonly workflowId: WorkflowId },
): Promise<LivePlan | null> {
  const row = firstOf(
    await db.query<{ name: string; version_id: string; plan_hash: string; skeleton: PlanSkeleton; settings: WorkflowSettings }>(
      `select w.name, v.id as version_id, v.plan_hash, p.skeleton, p.settings
       from workflows w
       join workflow_versions v on v.workspace_id = w.workspace_id and v.id = w.live_version_id
       join plans p on p.workspace_id = v.workspace_id and p.plan_hash = v.plan_hash
       where w.workspace_id = $1 and w.id = $2 and w.active and w.archived_at is null`,
      [of.workspaceId, of.workflowId],
      'live_plan',
    ),
  );
  if (row === null) return null;
  return { workflowName: row.name, versionId: row.version_id, planHash: row.plan_hash, skeleton: row.skeleton, settings: row.settings };
}

/** How a called run stands: who waits for it, and what its caller would be told. Null: it has not begun. */
export async function calledRun(
  db: ExecutorDb,
  of: { readonly workspaceId: WorkspaceId; readonly runId: string },
): Promise<{ readonly callerRunId: string | null; readonly end: JsonObject | null } | null> {
  const row = firstOf(
    await db.query<{ parent_run_id: string | null; status: string; ended: boolean; error: JsonObject | null; result: JsonObject | null }>(
      `select parent_run_id, status, status in ('succeeded', 'failed', 'canceled') as ended, error, result
       from runs where workspace_id = $1 and run_id = $2`,
      [of.workspaceId, of.runId],
      'called_run',
    ),
  );
  if (row === null) return null;
  const end = { status: row.status, runId: of.runId, items: row.result, error: row.error };
  return { callerRunId: row.parent_run_id, end: row.ended ? end : null };
}

/** A run that an earlier try of a call has started, or the last of those that went on with it. */
export interface EarlierCall {
  readonly runId: RunId;
  readonly workflowId: string;
  readonly status: RunStatus;
  /** A person let it go on, not a call. */
  readonly isResumed: boolean;
  /** A write of it was done whose answer was not kept. */
  readonly isAnswerLost: boolean;
  /** `YYYY-MM-DD`: the partition of its ledger rows. */
  readonly originDay: string;
  readonly originRunId: RunId;
  readonly originStartedAtMs: number;
  /** What its expressions read beside their items; null: nothing. */
  readonly fixed: FixedValues | null;
}

/**
 * What the latest of some runs has come to; null where none of them has begun.
 * @param of.runIds of the tries of one call, the latest first
 */
export async function earlierCall(
  db: ExecutorDb,
  of: { readonly workspaceId: WorkspaceId; readonly runIds: readonly string[] },
): Promise<EarlierCall | null> {
  if (of.runIds.length === 0) return null;
  const row = firstOf(
    await db.query<{
      run_id: string;
      workflow_id: string;
      status: RunStatus;
      is_resumed: boolean;
      is_answer_lost: boolean;
      origin_day: string;
      origin_run_id: string;
      origin_started_at: Date;
      fixed: FixedValues | null;
    }>(
      `with recursive chain as (
         (select run_id, 0 as place from runs where workspace_id = $1 and run_id = any($2::text[])
          order by array_position($2::text[], run_id) limit 1)
         union all
         select n.run_id, c.place + 1 from chain c join runs n on n.workspace_id = $1 and n.resumes_run_id = c.run_id)
       select r.run_id, r.workflow_id, r.status, not r.run_id = any($2::text[]) as is_resumed, r.fixed, r.origin_day::text as origin_day,
         coalesce(r.origin_run_id, r.run_id) as origin_run_id, coalesce(o.started_at, r.started_at) as origin_started_at,
         exists (select 1 from attempts a where a.workspace_id = $1 and a.origin_day = r.origin_day
           and a.key >= coalesce(r.origin_run_id, r.run_id) || ':' and a.key < coalesce(r.origin_run_id, r.run_id) || ';'
           and a.status = 'done' and a.class not in ('read', 'wait') and a.item_index >= -1 and a.response is null) as is_answer_lost
       from chain c join runs r on r.workspace_id = $1 and r.run_id = c.run_id
         left join runs o on o.workspace_id = $1 and o.run_id = r.origin_run_id
       order by c.place desc limit 1`,
      [of.workspaceId, of.runIds],
      'earlier_call',
    ),
  );
  if (row === null) return null;
  return {
    runId: row.run_id,
    workflowId: row.workflow_id,
    status: row.status,
    isResumed: row.is_resumed,
    isAnswerLost: row.is_answer_lost,
    originDay: row.origin_day,
    originRunId: row.origin_run_id,
    originStartedAtMs: row.origin_started_at.getTime(),
    fixed: row.fixed,
  };
}

/** Asks called runs to stop that nobody waits for any more; they hear of it at once. */
export async function stopCalledRuns(
  db: ExecutorDb,
  of: { readonly workspaceId: WorkspaceId; readonly runIds: readonly string[] },
): Promise<void> {
  await db.query(
    `with asked as (
       update runs set cancel_at = now() where workspace_id = $1 and run_id = any($2::text[]) and cancel_at is null
         and status in ('queued', 'running', 'waiting') returning workspace_id || ':' || run_id as name)
     select pg_notify('run_cancel', name), pg_notify('run_wake', name) from asked`,
    [of.workspaceId, of.runIds],
  );
}

/** A failed run whose handler is due. */
export interface DueFailure {
  readonly workspaceId: WorkspaceId;
  readonly runId: string;
  readonly handlerWorkflowId: WorkflowId;
  readonly workflowId: WorkflowId;
  readonly workflowName: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly error: RunError | null;
}

/** Failed runs whose handlers are due, the oldest first. */
export async function dueFailures(db: ExecutorDb, limit: number): Promise<readonly DueFailure[]> {
  const result = await db.query<{
    workspace_id: string;
    run_id: string;
    handler_workflow_id: string;
    workflow_id: string;
    workflow_name: string;
    started_at: Date;
    finished_at: Date | null;
    error: RunError | null;
  }>(
    `select f.workspace_id, f.run_id, f.handler_workflow_id, r.workflow_id, r.workflow_name, r.started_at, r.finished_at, r.error
     from failure_handlings f join runs r on r.workspace_id = f.workspace_id and r.run_id = f.run_id
     where f.started_at is null and f.fault is null order by f.created_at limit $1`,
    [limit],
    'failures_due',
  );
  return result.rows.map((row) => ({
    workspaceId: row.workspace_id,
    runId: row.run_id,
    handlerWorkflowId: row.handler_workflow_id,
    workflowId: row.workflow_id,
    workflowName: row.workflow_name,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    error: row.error,
  }));
}

/** Closes a due failure: its handler was started, or (`fault`) cannot be. */
export async function closeFailure(
  db: ExecutorDb,
  of: { readonly workspaceId: WorkspaceId; readonly runId: string },
  fault: string | null,
): Promise<void> {
  await db.query(
    `update failure_handlings set started_at = case when $3::text is null then now() end, fault = $3 where workspace_id = $1 and run_id = $2`,
    [of.workspaceId, of.runId, fault],
  );
}

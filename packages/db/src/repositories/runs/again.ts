import type { RunId, UserId, VersionId, WorkflowId } from '@millwright/core';
import type { EffectClass, FixedValues, RunHeader } from '@millwright/workflow';
import type { RunStatus } from '@millwright/workflow/states';
import { firstOf, type TenantTx } from '../../queryable.ts';

/** A run as another one starts from it. */
export interface SourceRun {
  readonly runId: RunId;
  readonly workflowId: WorkflowId;
  readonly workflowName: string;
  readonly versionId: VersionId;
  readonly planHash: string;
  readonly triggerNodeId: string;
  readonly mode: RunHeader['mode'];
  readonly status: RunStatus;
  readonly startedBy: UserId | null;
  readonly save: RunHeader['save'];
  /** `YYYY-MM-DD`: the partition of its ledger rows. */
  readonly originDay: string;
  /** First run of its chain; itself where it goes on with none. */
  readonly originRunId: RunId;
  readonly originStartedAtMs: number;
  readonly failureOf: RunId | null;
  /** What its expressions read beside their items; null: nothing. */
  readonly fixed: FixedValues | null;
  readonly parentRunId: RunId | null;
  /** The run that goes on with it. */
  readonly resumedByRunId: RunId | null;
}

/** What a run needs to be repeated or gone on with; null when there is no such run. */
export async function source(tx: TenantTx, runId: RunId): Promise<SourceRun | null> {
  const result = await tx.query<{
    workflow_id: string;
    workflow_name: string;
    version_id: string;
    plan_hash: string;
    trigger_node_id: string;
    mode: RunHeader['mode'];
    status: RunStatus;
    started_by: string | null;
    save: RunHeader['save'];
    origin_day: string;
    origin_run_id: string | null;
    origin_started_at: Date;
    failure_of: string | null;
    fixed: FixedValues | null;
    parent_run_id: string | null;
    resumed_by: string | null;
  }>(
    `select r.workflow_id, r.workflow_name, r.version_id, r.plan_hash, r.trigger_node_id, r.mode, r.status, r.started_by, r.save,
       r.origin_day::text as origin_day, r.origin_run_id, coalesce(o.started_at, r.started_at) as origin_started_at, r.failure_of, r.fixed, r.parent_run_id,
       (select n.run_id from runs n where n.workspace_id = r.workspace_id and n.resumes_run_id = r.run_id) as resumed_by
     from runs r left join runs o on o.workspace_id = r.workspace_id and o.run_id = r.origin_run_id
     where r.workspace_id = $1 and r.run_id = $2`,
    [tx.workspaceId, runId],
  );
  const row = firstOf(result);
  if (row === null) return null;
  return {
    runId,
    workflowId: row.workflow_id,
    workflowName: row.workflow_name,
    versionId: row.version_id,
    planHash: row.plan_hash,
    triggerNodeId: row.trigger_node_id,
    mode: row.mode,
    status: row.status,
    startedBy: row.started_by,
    save: row.save,
    originDay: row.origin_day,
    originRunId: row.origin_run_id ?? runId,
    originStartedAtMs: row.origin_started_at.getTime(),
    failureOf: row.failure_of,
    fixed: row.fixed,
    parentRunId: row.parent_run_id,
    resumedByRunId: row.resumed_by,
  };
}

/** Effects of one node that stand alike, over a run and those that it goes on with. */
export interface EffectCount {
  readonly nodeId: string;
  readonly class: EffectClass;
  /** A timer of the node run; otherwise an item. */
  readonly isTimer: boolean;
  /** `open`: sent, answer not known. `failed`: with a definite answer, or not sent. */
  readonly status: 'done' | 'open' | 'failed';
  /** Of the node when it was done; null when it is not known. */
  readonly configHash: string | null;
  /** The answer is stored. */
  readonly isKept: boolean;
  readonly count: number;
}

/** What was done so far, over the whole chain. */
export async function effects(
  tx: TenantTx,
  { originDay, originRunId }: Pick<SourceRun, 'originDay' | 'originRunId'>,
): Promise<readonly EffectCount[]> {
  const result = await tx.query<{
    node_id: string;
    class: EffectClass;
    is_timer: boolean;
    status: EffectCount['status'];
    config_hash: string | null;
    is_kept: boolean;
    count: number;
  }>(
    `with keys as (
       select node_id, class, item_index = -2 as is_timer,
         (array_agg(status order by attempt desc) filter (where status <> 'notSent'))[1] as last,
         (array_agg(run_id order by attempt desc) filter (where status <> 'notSent'))[1] as last_run,
         array_agg(run_id) filter (where status = 'done') as done_in,
         (array_agg(config_hash order by attempt desc) filter (where status = 'done'))[1] as config_hash,
         coalesce((array_agg(response is not null order by attempt desc) filter (where status = 'done'))[1], false) as is_kept
       from attempts
       where workspace_id = $1 and origin_day = $2::date and key >= $3 || ':' and key < $3 || ';' and item_index >= -2
       group by key, node_id, class, item_index)
     select node_id, class, is_timer, config_hash, is_kept, count(*)::int as count,
       -- Sent beside another one of the same run that was done: it is done.
       case when last in ('started', 'unknown') and (done_in is null or last_run <> all (done_in)) then 'open'
         when done_in is not null then 'done' else 'failed' end as status
     from keys group by 1, 2, 3, 4, 5, 7 order by 1, 2, 3`,
    [tx.workspaceId, originDay, originRunId],
  );
  return result.rows.map((row) => ({
    nodeId: row.node_id,
    class: row.class,
    isTimer: row.is_timer,
    status: row.status,
    configHash: row.config_hash,
    isKept: row.is_kept,
    count: row.count,
  }));
}

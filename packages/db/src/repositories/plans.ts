import type { WorkspaceId } from '@millwright/core';
import type { Plan, PlanNodeConfig, PlanSkeleton, WorkflowSettings } from '@millwright/workflow';
import { firstOf, type ExecutorDb, type TenantTx } from '../queryable.ts';

/** Stores a plan under its hash; the same plan again changes nothing. */
export async function put(tx: TenantTx, plan: Plan): Promise<void> {
  const { planHash } = plan.skeleton;
  const stored = await tx.query(
    'insert into plans (workspace_id, plan_hash, workflow_name, skeleton, settings) values ($1, $2, $3, $4::json, $5::json) on conflict do nothing',
    [tx.workspaceId, planHash, plan.workflowName, JSON.stringify(plan.skeleton), JSON.stringify(plan.settings)],
  );
  if (stored.count === 0) return;
  const nodes = Object.entries(plan.configs);
  await tx.query(
    `insert into plan_nodes (workspace_id, plan_hash, node_id, config)
     select $1, $2, n.node_id, n.config::json from unnest($3::text[], $4::text[]) as n (node_id, config)`,
    [tx.workspaceId, planHash, nodes.map(([nodeId]) => nodeId), nodes.map(([, config]) => JSON.stringify(config))],
  );
}

/** What every node of a plan is configured with, by node id; empty when the plan does not exist. */
export async function configs(tx: TenantTx, planHash: string): Promise<Readonly<Record<string, PlanNodeConfig>>> {
  const result = await tx.query<{ node_id: string; config: PlanNodeConfig }>(
    'select node_id, config from plan_nodes where workspace_id = $1 and plan_hash = $2',
    [tx.workspaceId, planHash],
  );
  return Object.fromEntries(result.rows.map((row) => [row.node_id, row.config]));
}

/** What a node of a plan is configured with; null when the plan or node does not exist. Immutable: cache it. */
export async function config(
  db: ExecutorDb | TenantTx,
  of: { readonly workspaceId: WorkspaceId; readonly planHash: string; readonly nodeId: string },
): Promise<PlanNodeConfig | null> {
  const result = await db.query<{ config: PlanNodeConfig }>(
    'select config from plan_nodes where workspace_id = $1 and plan_hash = $2 and node_id = $3',
    [of.workspaceId, of.planHash, of.nodeId],
    'plan_config',
  );
  return firstOf(result)?.config ?? null;
}

/** A plan without its nodes' configurations; null when it does not exist. Immutable: cache it. */
export async function skeleton(
  db: ExecutorDb | TenantTx,
  of: { readonly workspaceId: WorkspaceId; readonly planHash: string },
): Promise<{ readonly skeleton: PlanSkeleton; readonly settings: WorkflowSettings; readonly workflowName: string } | null> {
  const row = firstOf(
    await db.query<{ skeleton: PlanSkeleton; settings: WorkflowSettings; workflow_name: string }>(
      'select skeleton, settings, workflow_name from plans where workspace_id = $1 and plan_hash = $2',
      [of.workspaceId, of.planHash],
      'plan_skeleton',
    ),
  );
  return row === null ? null : { skeleton: row.skeleton, settings: row.settings, workflowName: row.workflow_name };
}

/** What needs a version of the engine. */
export interface NeededVersion {
  readonly version: number;
  readonly openRuns: number;
  readonly workflows: number;
}

/**
 * The engine versions that plans name which are in use: of open runs, and of live workflows.
 * @param options.openRuns whether open runs count
 */
export async function neededVersions(db: ExecutorDb, options: { readonly openRuns: boolean }): Promise<readonly NeededVersion[]> {
  const { rows } = await db.query<{ version: number; open_runs: number; workflows: number }>(
    `with used as (
       select workspace_id, plan_hash, count(*)::int as open_runs, 0 as workflows from runs
       where status in ('queued', 'running', 'waiting') and $1 group by 1, 2
       union all
       select v.workspace_id, v.plan_hash, 0, 1 from workflows w
       join workflow_versions v on v.workspace_id = w.workspace_id and v.id = w.live_version_id
       where w.archived_at is null)
     select (p.skeleton ->> 'engineVersion')::int as version, sum(u.open_runs)::int as open_runs, sum(u.workflows)::int as workflows
     from used u join plans p on p.workspace_id = u.workspace_id and p.plan_hash = u.plan_hash
     group by 1 order by 1`,
    [options.openRuns],
    'engine_versions_needed',
  );
  return rows.map((row) => ({ version: row.version, openRuns: row.open_runs, workflows: row.workflows }));
}

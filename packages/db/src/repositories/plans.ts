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

import type { RunId, UserId, VersionId, WorkflowId } from '@millwright/core';
import type { DataRef, FixedValues, WorkflowDocument } from '@millwright/workflow';
import { firstOf, type TenantTx } from '../../queryable.ts';
import { decodePorts, type PortData } from './run-data.ts';

/** Node id → hash of everything that led to its result. */
export type CacheKeys = Readonly<Record<string, string>>;

/** A draft as a test run runs it. */
export interface TestVersion {
  readonly id: VersionId;
  readonly workflowId: WorkflowId;
  readonly document: WorkflowDocument;
  readonly planHash: string;
  readonly isDry: boolean;
  readonly cacheKeys: CacheKeys;
  readonly by: UserId;
}

/** Stores what a test run runs; its plan must be stored already. The same id again changes nothing. */
export async function create(tx: TenantTx, { id, workflowId, document, planHash, isDry, cacheKeys, by }: TestVersion): Promise<void> {
  await tx.query(
    `insert into test_versions (workspace_id, id, workflow_id, document, plan_hash, dry_run, cache_keys, created_by)
     values ($1, $2, $3, $4::json, $5, $6, $7::json, $8) on conflict do nothing`,
    [tx.workspaceId, id, workflowId, JSON.stringify(document), planHash, isDry, JSON.stringify(cacheKeys), by],
  );
}

/** The document of a test run; null when the version is none of a test run. */
export async function document(tx: TenantTx, versionId: VersionId): Promise<WorkflowDocument | null> {
  const row = firstOf(
    await tx.query<{ document: WorkflowDocument }>('select document from test_versions where workspace_id = $1 and id = $2', [
      tx.workspaceId,
      versionId,
    ]),
  );
  return row?.document ?? null;
}

/** A run whose results a test run may reuse. */
export interface ResultSource {
  readonly runId: RunId;
  readonly at: Date;
  readonly triggerNodeId: string;
  readonly versionId: VersionId;
  /** Test runs only; null: a run of a published version. */
  readonly cacheKeys: CacheKeys | null;
  /** What its expressions read beside items; null: nothing. */
  readonly fixed: FixedValues | null;
  /** Nodes that gave something by themselves or were run, with the place and the reason of their last node run. */
  readonly nodes: ReadonlyMap<string, StoredResult>;
}

/** The last node run of a node in a run. */
export interface StoredResult {
  readonly runIndex: number;
  /** How often it ran there. */
  readonly runs: number;
  readonly status: 'succeeded' | 'skipped';
  readonly reason: string | null;
}

/** The newest runs of a workflow whose items were saved, the newest first. */
export async function sources(tx: TenantTx, workflowId: WorkflowId, limit: number): Promise<readonly ResultSource[]> {
  const found = await tx.query<{
    run_id: string;
    started_at: Date;
    trigger_node_id: string;
    version_id: string;
    cache_keys: CacheKeys | null;
    fixed: FixedValues | null;
  }>(
    `select r.run_id, r.started_at, r.trigger_node_id, r.version_id, r.fixed, t.cache_keys
     from runs r left join test_versions t on t.workspace_id = r.workspace_id and t.id = r.version_id
     where r.workspace_id = $1 and r.workflow_id = $2 and r.save <> 'none' order by r.started_at desc, r.run_id desc limit $3`,
    [tx.workspaceId, workflowId, limit],
  );
  const results = await tx.query<{
    run_id: string;
    node_id: string;
    run_index: number;
    runs: number;
    status: StoredResult['status'];
    reason: string | null;
  }>(
    `select distinct on (run_id, node_id) run_id, node_id, run_index, status, reason, count(*) over (partition by run_id, node_id)::int as runs
     from node_runs where workspace_id = $1 and run_id = any($2) and status in ('succeeded', 'skipped') and outputs is not null
     order by run_id, node_id, run_index desc`,
    [tx.workspaceId, found.rows.map((row) => row.run_id)],
  );
  const byRun = Map.groupBy(results.rows, (row) => row.run_id);
  return found.rows.map((row) => ({
    runId: row.run_id,
    at: row.started_at,
    triggerNodeId: row.trigger_node_id,
    versionId: row.version_id,
    cacheKeys: row.cache_keys,
    fixed: row.fixed,
    nodes: new Map(
      (byRun.get(row.run_id) ?? []).map(({ node_id: nodeId, run_index: runIndex, runs, status, reason }) => [
        nodeId,
        { runIndex, runs, status, reason },
      ]),
    ),
  }));
}

/** What a node run took, by handle only, and gave. */
export interface NodeRunResult {
  readonly inputs: Readonly<Record<string, Pick<DataRef, 'id' | 'count'>>>;
  readonly outputs: PortData;
}

/** One node run's handles and outputs; null when there is none. */
export async function result(
  tx: TenantTx,
  of: { readonly runId: RunId; readonly nodeId: string; readonly runIndex: number },
): Promise<NodeRunResult | null> {
  const row = firstOf(
    await tx.query<{ inputs: Buffer | null; outputs: Buffer | null }>(
      'select inputs, outputs from node_runs where workspace_id = $1 and run_id = $2 and node_id = $3 and run_index = $4',
      [tx.workspaceId, of.runId, of.nodeId, of.runIndex],
    ),
  );
  return row === null ? null : { inputs: decodePorts(row.inputs), outputs: decodePorts(row.outputs) };
}

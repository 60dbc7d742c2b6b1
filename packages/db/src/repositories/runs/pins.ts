import type { JsonValue, UserId, WorkflowId } from '@millwright/core';
import { hashJson } from '@millwright/core/hash';
import type { Item } from '@millwright/workflow';
import { firstOf, type TenantTx } from '../../queryable.ts';

/** Items by output port. */
export type PinnedOutputs = Readonly<Record<string, readonly Item[]>>;

/** Sample data that stands for what a node gives, in test runs. */
export interface Pin {
  readonly nodeId: string;
  readonly outputs: PinnedOutputs;
  /** Of `outputs`. */
  readonly contentHash: string;
  readonly by: UserId | null;
  readonly at: Date;
}

interface Row {
  readonly node_id: string;
  readonly outputs: PinnedOutputs;
  readonly content_hash: string;
  readonly pinned_by: string | null;
  readonly pinned_at: Date;
}

const SELECT = 'select node_id, outputs, content_hash, pinned_by, pinned_at from pins where workspace_id = $1 and workflow_id = $2';

/** Every pin of a workflow. */
export async function list(tx: TenantTx, workflowId: WorkflowId): Promise<readonly Pin[]> {
  return (await tx.query<Row>(`${SELECT} order by node_id`, [tx.workspaceId, workflowId])).rows.map(toPin);
}

/** The pin of one node; null when it has none. */
export async function get(tx: TenantTx, of: { readonly workflowId: WorkflowId; readonly nodeId: string }): Promise<Pin | null> {
  const row = firstOf(await tx.query<Row>(`${SELECT} and node_id = $3`, [tx.workspaceId, of.workflowId, of.nodeId]));
  return row === null ? null : toPin(row);
}

/** Pins sample data to a node, instead of what was pinned to it before. */
export async function put(
  tx: TenantTx,
  pin: { readonly workflowId: WorkflowId; readonly nodeId: string; readonly outputs: PinnedOutputs; readonly by: UserId },
): Promise<void> {
  await tx.query(
    `insert into pins (workspace_id, workflow_id, node_id, outputs, content_hash, pinned_by) values ($1, $2, $3, $4::json, $5, $6)
     on conflict (workspace_id, workflow_id, node_id)
     do update set outputs = excluded.outputs, content_hash = excluded.content_hash, pinned_by = excluded.pinned_by, pinned_at = now()`,
    [tx.workspaceId, pin.workflowId, pin.nodeId, JSON.stringify(pin.outputs), hashJson(pin.outputs as unknown as JsonValue), pin.by],
  );
}

/** Takes a pin away; false when there was none. */
export async function remove(tx: TenantTx, of: { readonly workflowId: WorkflowId; readonly nodeId: string }): Promise<boolean> {
  const gone = await tx.query('delete from pins where workspace_id = $1 and workflow_id = $2 and node_id = $3', [
    tx.workspaceId,
    of.workflowId,
    of.nodeId,
  ]);
  return gone.count > 0;
}

function toPin(row: Row): Pin {
  return { nodeId: row.node_id, outputs: row.outputs, contentHash: row.content_hash, by: row.pinned_by, at: row.pinned_at };
}

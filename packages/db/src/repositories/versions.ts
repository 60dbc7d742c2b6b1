import { and, desc, eq, max } from 'drizzle-orm';
import type { UserId, VersionId, WorkflowId } from '@millwright/core';
import type { WorkflowDocument } from '@millwright/workflow';
import type { TenantTx } from '../queryable.ts';
import { workflowVersions as table } from '../schema/index.ts';
import { documentHash } from './drafts.ts';

/** A published snapshot, without its document. */
export interface VersionSummary {
  readonly id: VersionId;
  readonly workflowId: WorkflowId;
  /** From 1, per workflow. */
  readonly number: number;
  readonly planHash: string;
  readonly note: string;
  readonly publishedBy: UserId | null;
  readonly publishedAt: Date;
}

/** A published snapshot. */
export interface Version extends VersionSummary {
  readonly document: WorkflowDocument;
}

const columns = {
  id: table.id,
  workflowId: table.workflowId,
  number: table.number,
  planHash: table.planHash,
  note: table.note,
  publishedBy: table.publishedBy,
  publishedAt: table.publishedAt,
};

/** The number that the next version gets. Locks the workflow: two publishers get two numbers. */
export async function nextNumber(tx: TenantTx, workflowId: WorkflowId): Promise<number> {
  await tx.query('select 1 from workflows where workspace_id = $1 and id = $2 for update', [tx.workspaceId, workflowId]);
  const rows = await tx.orm
    .select({ last: max(table.number) })
    .from(table)
    .where(eq(table.workflowId, workflowId));
  return (rows[0]?.last ?? 0) + 1;
}

/** Stores a snapshot; its plan must be stored already. */
export async function create(
  tx: TenantTx,
  fresh: {
    readonly id: VersionId;
    readonly workflowId: WorkflowId;
    readonly number: number;
    readonly document: WorkflowDocument;
    readonly planHash: string;
    readonly note: string;
    readonly publishedBy: UserId | null;
  },
): Promise<void> {
  await tx.orm.insert(table).values({ workspaceId: tx.workspaceId, ...fresh, documentHash: documentHash(fresh.document) });
}

/** Every version of a workflow, the newest first. */
export async function list(tx: TenantTx, workflowId: WorkflowId): Promise<readonly VersionSummary[]> {
  return tx.orm.select(columns).from(table).where(eq(table.workflowId, workflowId)).orderBy(desc(table.number));
}

/** One version with its document. */
export async function get(tx: TenantTx, versionId: VersionId): Promise<Version | null> {
  const rows = await tx.orm
    .select({ ...columns, document: table.document })
    .from(table)
    .where(and(eq(table.workspaceId, tx.workspaceId), eq(table.id, versionId)));
  const row = rows[0];
  // Written by `create` above and never changed: what comes back is what was parsed before.
  return row === undefined ? null : { ...row, document: row.document as WorkflowDocument };
}

import { UserError, type UserId, type WorkflowId } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import { canonicalJson } from '@millwright/core';
import type { WorkflowDocument } from '@millwright/workflow';
import { firstOf, type TenantTx } from '../queryable.ts';
import { keepBefore } from './history/restore-points.ts';

/** A workflow's editable state. */
export interface Draft {
  readonly document: WorkflowDocument;
  /** The Yjs document, encoded as one update. */
  readonly yState: Uint8Array;
  /** Grows by one with each save; the ETag. */
  readonly revision: number;
  readonly updatedAt: Date;
  readonly updatedBy: UserId | null;
}

/** What a save stores. */
export interface DraftSave {
  readonly workflowId: WorkflowId;
  readonly yState: Uint8Array;
  /** The document that the Yjs state means. */
  readonly document: WorkflowDocument;
  /** Types of its trigger nodes, for lists. Default: those stored before. */
  readonly triggerTypes?: readonly string[];
  /** Save only on top of this revision; 0: only when there is none yet. Default: on top of any. */
  readonly revisionExpected?: number;
  readonly by: UserId | null;
}

/** The hash by which a draft and a version are compared. */
export function documentHash(document: WorkflowDocument): string {
  return hashHex(canonicalJson(document));
}

/** The draft, or null when there is none. */
export async function get(tx: TenantTx, workflowId: WorkflowId): Promise<Draft | null> {
  const row = firstOf(
    await tx.query<{ document: WorkflowDocument; y_state: Buffer; revision: number; updated_at: Date; updated_by: string | null }>(
      'select document, y_state, revision, updated_at, updated_by from drafts where workspace_id = $1 and workflow_id = $2',
      [tx.workspaceId, workflowId],
    ),
  );
  if (row === null) return null;
  return {
    document: row.document,
    yState: new Uint8Array(row.y_state),
    revision: row.revision,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  };
}

/**
 * Stores a draft, and its workflow's name and time of change with it. What it replaces is kept as a restore point from time to time.
 * @returns the new revision
 * @throws UserError `draft_conflict` (kind preconditionFailed) when somebody saved in between, `workflow_unknown`
 */
export async function save(tx: TenantTx, draft: DraftSave): Promise<number> {
  const touched = await tx.query(
    'update workflows set name = $3, updated_at = now(), updated_by = coalesce($4, updated_by) where workspace_id = $1 and id = $2',
    [tx.workspaceId, draft.workflowId, draft.document.name, draft.by],
  );
  if (touched.count === 0)
    throw new UserError('notFound', { code: 'workflow_unknown', message: 'no such workflow', hint: 'It may have been deleted.' });
  // The update above locked the workflow, so nobody saves between this read and the write.
  const stored = firstOf(
    await tx.query<{ revision: number }>('select revision from drafts where workspace_id = $1 and workflow_id = $2', [
      tx.workspaceId,
      draft.workflowId,
    ]),
  );
  if (draft.revisionExpected !== undefined && draft.revisionExpected !== (stored?.revision ?? 0)) {
    throw new UserError('preconditionFailed', {
      code: 'draft_conflict',
      message: `the draft is at revision ${String(stored?.revision ?? 0)}, not ${String(draft.revisionExpected)}`,
      hint: 'Somebody saved in between. Load the draft again and repeat the change.',
      details: { revision: stored?.revision ?? 0 },
    });
  }
  const hash = documentHash(draft.document);
  if (stored !== null) await keepBefore(tx, { workflowId: draft.workflowId, documentHash: hash, nodeCount: draft.document.nodes.length });
  const row = firstOf(
    await tx.query<{ revision: number }>(
      `insert into drafts as d (workspace_id, workflow_id, document, document_hash, y_state, trigger_types, updated_by)
     values ($1, $2, $3::json, $4, $5, coalesce($6::text[], '{}'), $7)
     on conflict (workspace_id, workflow_id) do update set revision = d.revision + 1, document = excluded.document,
       document_hash = excluded.document_hash, y_state = excluded.y_state, trigger_types = coalesce($6::text[], d.trigger_types),
       updated_by = excluded.updated_by, updated_at = now()
     returning revision`,
      [
        tx.workspaceId,
        draft.workflowId,
        JSON.stringify(draft.document),
        hash,
        Buffer.from(draft.yState),
        draft.triggerTypes ?? null,
        draft.by,
      ],
    ),
  );
  return row?.revision ?? 1;
}

/** Drafts that are looked through for the types that they use, those edited last: each is read whole. */
const USAGE_DRAFTS = 200;

/** Types that are told. */
const USAGE_TYPES = 200;

/** Node types by how many workflows have them, the most used first: of the drafts that were edited last and are not archived, at most 200. */
export async function typeUsage(tx: TenantTx): Promise<readonly { readonly type: string; readonly workflows: number }[]> {
  const found = await tx.query<{ type: string; workflows: number }>(
    `with recent as materialized (
       select d.workflow_id, d.document from drafts d
       join workflows w on w.workspace_id = d.workspace_id and w.id = d.workflow_id
       where d.workspace_id = $1 and w.archived_at is null order by d.updated_at desc limit $2)
     select node ->> 'type' as type, count(distinct workflow_id)::int as workflows
     from recent, json_array_elements(document -> 'nodes') as node
     group by 1 order by 2 desc, 1 limit $3`,
    [tx.workspaceId, USAGE_DRAFTS, USAGE_TYPES],
  );
  return found.rows;
}

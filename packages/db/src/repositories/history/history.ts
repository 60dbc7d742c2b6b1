import type { UserId, WorkflowId } from '@millwright/core';
import type { WorkflowDocument } from '@millwright/workflow';
import { pageLimit, readCursor, toPage, type Page, type PageRequest } from '../../cursor.ts';
import { firstOf, type TenantTx } from '../../queryable.ts';
import type { PointCause } from './restore-points.ts';

interface Entry {
  readonly id: string;
  readonly at: Date;
  readonly by: UserId | null;
  /** The draft says the same now. */
  readonly current: boolean;
}

/** A state that a workflow was in: one that was published, or one of its draft. */
export type HistoryEntry =
  | (Entry & { readonly kind: 'version'; readonly number: number; readonly note: string })
  | (Entry & { readonly kind: 'point'; readonly name: string | null; readonly cause: PointCause });

interface Row {
  readonly kind: 'version' | 'point';
  readonly id: string;
  readonly number: number | null;
  /** The note of a version, the name of a point. */
  readonly words: string | null;
  readonly cause: PointCause | null;
  readonly by: string | null;
  readonly at: Date;
  readonly current: boolean;
  readonly position: string;
}

/** Every state of one workflow (`$2`), without documents. */
const ENTRIES = `
  select 'version' as kind, v.id, v.number, v.note as words, null as cause, v.published_by as by, v.published_at as at, v.document_hash
  from workflow_versions v where v.workspace_id = $1 and v.workflow_id = $2
  union all
  select 'point', p.id, null, p.name, p.cause, p.made_by, p.at, p.document_hash
  from restore_points p where p.workspace_id = $1 and p.workflow_id = $2`;

const SELECT = `select e.kind, e.id, e.number, e.words, e.cause, e.by, e.at, coalesce(d.document_hash = e.document_hash, false) as current,
    to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as position
  from (${ENTRIES}) e left join drafts d on d.workspace_id = $1 and d.workflow_id = $2`;

function toEntry({ kind, id, number, words, cause, by, at, current }: Row): HistoryEntry {
  return kind === 'version'
    ? { kind, id, number: number ?? 0, note: words ?? '', at, by, current }
    : { kind, id, name: words, cause: cause ?? 'edit', at, by, current };
}

/** The states of a workflow, the newest first. @throws UserError `cursor_invalid` */
export async function list(tx: TenantTx, workflowId: WorkflowId, request: PageRequest): Promise<Page<HistoryEntry>> {
  const limit = pageLimit(request);
  const from = readCursor(request.cursor);
  const { rows } = await tx.query<Row>(
    `${SELECT} where ($3::timestamptz is null or (e.at, e.id) < ($3::timestamptz, $4)) order by e.at desc, e.id desc limit $5`,
    [tx.workspaceId, workflowId, from?.at ?? null, from?.id ?? null, limit + 1],
  );
  return toPage(rows, limit, { position: (row) => ({ at: row.position, id: row.id }), map: toEntry });
}

/** One state of a workflow; null when there is none. */
export async function get(tx: TenantTx, workflowId: WorkflowId, id: string): Promise<HistoryEntry | null> {
  const row = firstOf(await tx.query<Row>(`${SELECT} where e.id = $3`, [tx.workspaceId, workflowId, id]));
  return row === null ? null : toEntry(row);
}

/** What a workflow said in one of its states; null when there is no such state. */
export async function documentOf(tx: TenantTx, workflowId: WorkflowId, id: string): Promise<WorkflowDocument | null> {
  const row = firstOf(
    await tx.query<{ document: WorkflowDocument }>(
      `select document from workflow_versions where workspace_id = $1 and workflow_id = $2 and id = $3
       union all select document from restore_points where workspace_id = $1 and workflow_id = $2 and id = $3`,
      [tx.workspaceId, workflowId, id],
    ),
  );
  return row?.document ?? null;
}

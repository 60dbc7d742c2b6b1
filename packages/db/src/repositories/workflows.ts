import { UserError, type ProjectId, type RunId, type UserId, type VersionId, type WorkflowId } from '@millwright/core';
import type { RunStatus } from '@millwright/workflow/states';
import { pageLimit, readCursor, toPage, type Page, type PageRequest } from '../cursor.ts';
import { firstOf, type TenantTx } from '../queryable.ts';

/** A workflow with what a list shows of it. */
export interface WorkflowSummary {
  readonly id: WorkflowId;
  readonly name: string;
  readonly projectId: ProjectId;
  /** `draft`: never published; `off`: published, switched off. */
  readonly state: 'draft' | 'live' | 'off';
  readonly archived: boolean;
  readonly liveVersion: {
    readonly id: VersionId;
    readonly number: number;
    readonly publishedAt: Date;
    readonly publishedBy: UserId | null;
    readonly note: string;
  } | null;
  /** The draft differs from the live version. */
  readonly draftChanged: boolean;
  readonly draftRevision: number;
  readonly triggerTypes: readonly string[];
  readonly lastRun: { readonly id: RunId; readonly status: RunStatus; readonly startedAt: Date } | null;
  readonly createdAt: Date;
  readonly createdBy: UserId | null;
  /** Of the workflow or of its draft, the later. */
  readonly updatedAt: Date;
  readonly updatedBy: UserId | null;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly project_id: string;
  readonly active: boolean;
  readonly archived_at: Date | null;
  readonly created_by: string | null;
  readonly updated_by: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly position: string;
  readonly version_id: string | null;
  readonly number: number | null;
  readonly published_at: Date | null;
  readonly published_by: string | null;
  readonly note: string | null;
  readonly revision: number | null;
  readonly trigger_types: readonly string[] | null;
  readonly changed: boolean | null;
  readonly run_id: string | null;
  readonly run_status: RunStatus | null;
  readonly run_started_at: Date | null;
}

const SELECT = `
  select w.id, w.name, w.project_id, w.active, w.archived_at, w.created_by, w.updated_by, w.created_at, w.updated_at,
    to_char(w.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as position,
    v.id as version_id, v.number, v.published_at, v.published_by, v.note,
    d.revision, d.trigger_types, d.document_hash is distinct from v.document_hash as changed,
    r.run_id, r.status as run_status, r.started_at as run_started_at
  from workflows w
  left join workflow_versions v on v.workspace_id = w.workspace_id and v.id = w.live_version_id
  left join drafts d on d.workspace_id = w.workspace_id and d.workflow_id = w.id
  left join lateral (
    select run_id, status, started_at from runs where workspace_id = w.workspace_id and workflow_id = w.id and mode <> 'test'
    order by started_at desc, run_id desc limit 1) r on true`;

/** Creates a workflow; `drafts.save` gives it its first draft. */
export async function create(
  tx: TenantTx,
  fresh: { readonly id: WorkflowId; readonly name: string; readonly projectId: ProjectId; readonly createdBy: UserId | null },
): Promise<void> {
  await tx.query('insert into workflows (workspace_id, id, project_id, name, created_by, updated_by) values ($1, $2, $3, $4, $5, $5)', [
    tx.workspaceId,
    fresh.id,
    fresh.projectId,
    fresh.name,
    fresh.createdBy,
  ]);
}

/** One workflow, archived ones included. */
export async function get(tx: TenantTx, workflowId: WorkflowId): Promise<WorkflowSummary | null> {
  const row = firstOf(await tx.query<Row>(`${SELECT} where w.workspace_id = $1 and w.id = $2`, [tx.workspaceId, workflowId]));
  return row === null ? null : toSummary(row);
}

/**
 * Workflows, those changed last first.
 * @param filter `query` matches the name; `archived` (default false) lists those instead
 */
export async function list(
  tx: TenantTx,
  filter: PageRequest & { readonly query?: string | undefined; readonly archived?: boolean | undefined },
): Promise<Page<WorkflowSummary>> {
  const after = readCursor(filter.cursor);
  const limit = pageLimit(filter);
  const result = await tx.query<Row>(
    `${SELECT}
     where w.workspace_id = $1 and (w.archived_at is not null) = $2
       and ($3::text is null or w.name ilike $3) and ($4::timestamptz is null or (w.updated_at, w.id) < ($4, $5))
     order by w.updated_at desc, w.id desc limit $6`,
    [tx.workspaceId, filter.archived ?? false, likePattern(filter.query), after?.at ?? null, after?.id ?? null, limit + 1],
  );
  return toPage(result.rows, limit, { position: (row) => ({ at: row.position, id: row.id }), map: toSummary });
}

/**
 * Gives a workflow another name.
 * @throws UserError `workflow_unknown`
 */
export async function rename(
  tx: TenantTx,
  change: { readonly workflowId: WorkflowId; readonly name: string; readonly by: UserId | null },
): Promise<void> {
  await touch(tx, { set: 'name = $4', workflowId: change.workflowId, by: change.by, value: change.name });
}

/**
 * Takes a workflow out of lists and off its URLs; its runs stay.
 * @throws UserError `workflow_unknown`
 */
export async function archive(tx: TenantTx, change: { readonly workflowId: WorkflowId; readonly by: UserId | null }): Promise<void> {
  await touch(tx, {
    set: 'archived_at = coalesce(archived_at, now()), active = $4',
    workflowId: change.workflowId,
    by: change.by,
    value: false,
  });
}

/**
 * Switches a workflow on or off; the version stays.
 * @throws UserError `workflow_unknown`
 */
export async function setActive(
  tx: TenantTx,
  change: { readonly workflowId: WorkflowId; readonly active: boolean; readonly by: UserId | null },
): Promise<void> {
  await touch(tx, { set: 'active = $4', workflowId: change.workflowId, by: change.by, value: change.active });
}

/**
 * Makes a version the one that runs, and switches the workflow on.
 * @throws UserError `workflow_unknown`
 */
export async function setLive(
  tx: TenantTx,
  change: { readonly workflowId: WorkflowId; readonly versionId: VersionId; readonly by: UserId | null },
): Promise<void> {
  await touch(tx, { set: 'active = true, live_version_id = $4', workflowId: change.workflowId, by: change.by, value: change.versionId });
}

async function touch(
  tx: TenantTx,
  change: { readonly set: string; readonly workflowId: WorkflowId; readonly by: UserId | null; readonly value: string | boolean },
): Promise<void> {
  const result = await tx.query(
    `update workflows set ${change.set}, updated_at = now(), updated_by = $3 where workspace_id = $1 and id = $2`,
    [tx.workspaceId, change.workflowId, change.by, change.value],
  );
  if (result.count === 0)
    throw new UserError('notFound', { code: 'workflow_unknown', message: 'no such workflow', hint: 'It may have been deleted.' });
}

function likePattern(query: string | undefined): string | null {
  if (query === undefined || query.trim() === '') return null;
  return `%${query.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

function toSummary(row: Row): WorkflowSummary {
  const { version_id: versionId, number, published_at: publishedAt } = row;
  const published = versionId !== null && number !== null && publishedAt !== null;
  const ran = row.run_id !== null && row.run_status !== null && row.run_started_at !== null;
  return {
    id: row.id,
    name: row.name,
    projectId: row.project_id,
    state: published ? (row.active ? 'live' : 'off') : 'draft',
    archived: row.archived_at !== null,
    liveVersion: published ? { id: versionId, number, publishedAt, publishedBy: row.published_by, note: row.note ?? '' } : null,
    draftChanged: row.changed ?? false,
    draftRevision: row.revision ?? 0,
    triggerTypes: row.trigger_types ?? [],
    lastRun: ran ? { id: row.run_id, status: row.run_status, startedAt: row.run_started_at } : null,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  };
}

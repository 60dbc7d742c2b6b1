import { newId, UserError, type RestorePointId, type UserId, type WorkflowId } from '@millwright/core';
import { firstOf, type TenantTx } from '../../queryable.ts';

/** Why a point was kept: some minutes of editing, much was about to be removed or replaced, or a person named it. */
export type PointCause = 'edit' | 'removal' | 'restore' | 'name';

/** Seconds after the last point before the next is kept by itself: while people edit, and before many nodes go at once. */
const PAUSE_S = { edit: 600, removal: 30 } as const;

/** Nodes that are many when one save removes them. */
const MANY_NODES = 5;

/** Points per workflow: those without a name give way to newer ones, of those with a name the next is refused. */
export const POINT_LIMITS = { unnamed: 200, named: 500 } as const;

/** What `keepBefore` is told of the save that is about to happen. */
interface ComingSave {
  readonly workflowId: WorkflowId;
  /** Hash of what the draft will say. */
  readonly documentHash: string;
  /** How many nodes the draft will have. */
  readonly nodeCount: number;
}

/**
 * Keeps what the stored draft says before a save replaces it, unless a point was kept moments ago, it holds no nodes, or the
 * newest point says the same. The workflow must be locked.
 */
export async function keepBefore(tx: TenantTx, save: ComingSave): Promise<void> {
  const kept = await tx.query(
    `insert into restore_points (workspace_id, id, workflow_id, cause, document, document_hash, made_by, at)
     select d.workspace_id, $3, d.workflow_id,
       case when last.kept_at is null or last.kept_at < now() - make_interval(secs => $5) then 'edit' else 'removal' end,
       d.document, d.document_hash, d.updated_by, d.updated_at
     from drafts d
     left join lateral (
       select p.kept_at, p.document_hash from restore_points p where p.workspace_id = d.workspace_id and p.workflow_id = d.workflow_id
       order by p.kept_at desc, p.id desc limit 1) last on true
     where d.workspace_id = $1 and d.workflow_id = $2 and d.document_hash <> $4 and last.document_hash is distinct from d.document_hash
       and case
         when last.kept_at is null or last.kept_at < now() - make_interval(secs => $5) then json_array_length(d.document -> 'nodes') > 0
         when last.kept_at < now() - make_interval(secs => $6) then json_array_length(d.document -> 'nodes') - $7 >= $8
         else false end`,
    [tx.workspaceId, save.workflowId, newId('restorePoint'), save.documentHash, PAUSE_S.edit, PAUSE_S.removal, save.nodeCount, MANY_NODES],
  );
  if (kept.count > 0) await thin(tx, save.workflowId);
}

/**
 * Keeps what the stored draft says. With the id of a point that is there already, that point says what the draft says now.
 * @returns false when there is no draft
 */
export async function keep(
  tx: TenantTx,
  point: {
    readonly id: RestorePointId;
    readonly workflowId: WorkflowId;
    readonly cause: 'restore' | 'name';
    readonly name: string | null;
    readonly by: UserId;
  },
): Promise<boolean> {
  const kept = await tx.query(
    `insert into restore_points as p (workspace_id, id, workflow_id, cause, name, document, document_hash, made_by, at)
     select d.workspace_id, $3, d.workflow_id, $4, $5, d.document, d.document_hash, $6, now()
     from drafts d where d.workspace_id = $1 and d.workflow_id = $2
     on conflict (workspace_id, id) do update
       set document = excluded.document, document_hash = excluded.document_hash, at = excluded.at, kept_at = now()`,
    [tx.workspaceId, point.workflowId, point.id, point.cause, point.name, point.by],
  );
  if (point.name === null) await thin(tx, point.workflowId);
  return kept.count > 0;
}

/** Names a point, or takes its name away (then it is thinned out with time). @returns false when there is no such point */
export async function rename(
  tx: TenantTx,
  point: { readonly id: RestorePointId; readonly workflowId: WorkflowId; readonly name: string | null },
): Promise<boolean> {
  const renamed = await tx.query('update restore_points set name = $4 where workspace_id = $1 and workflow_id = $2 and id = $3', [
    tx.workspaceId,
    point.workflowId,
    point.id,
    point.name,
  ]);
  return renamed.count > 0;
}

/**
 * Makes sure that one more point may have a name. Locks the workflow: two people get two answers.
 * @throws UserError `restore_points_full`
 */
export async function requireRoom(tx: TenantTx, workflowId: WorkflowId): Promise<void> {
  await tx.query('select 1 from workflows where workspace_id = $1 and id = $2 for update', [tx.workspaceId, workflowId]);
  const named = firstOf(
    await tx.query<{ count: number }>(
      'select count(*)::int as count from restore_points where workspace_id = $1 and workflow_id = $2 and name is not null',
      [tx.workspaceId, workflowId],
    ),
  );
  if ((named?.count ?? 0) < POINT_LIMITS.named) return;
  throw new UserError('unprocessable', {
    code: 'restore_points_full',
    message: `A workflow can have ${String(POINT_LIMITS.named)} named versions.`,
    hint: 'Take away the names of some that nobody needs.',
    details: { most: POINT_LIMITS.named },
  });
}

/**
 * Lets points without a name go: of the last day all stay, of the last thirty the last of each hour, before that the last of
 * each day; never more than the limit.
 */
async function thin(tx: TenantTx, workflowId: WorkflowId): Promise<void> {
  await tx.query(
    `delete from restore_points where workspace_id = $1 and workflow_id = $2 and id in (
       select id from (
         select id, row_number() over (order by kept_at desc, id desc) as place,
           row_number() over (partition by case
             when kept_at > now() - interval '1 day' then id
             when kept_at > now() - interval '30 days' then date_trunc('hour', kept_at)::text
             else date_trunc('day', kept_at)::text end order by kept_at desc, id desc) as in_span
         from restore_points where workspace_id = $1 and workflow_id = $2 and name is null) unnamed
       where place > $3 or in_span > 1)`,
    [tx.workspaceId, workflowId, POINT_LIMITS.unnamed],
  );
}

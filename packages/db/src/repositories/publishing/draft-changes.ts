import type { UserId, WorkflowId } from '@millwright/core';
import type { TenantTx } from '../../queryable.ts';

/** Longest path in characters; longer ones are refused. */
export const MAX_PATH_LENGTH = 500;

/** Days that is kept who made changes that are published. */
const KEEP_SETTLED_DAYS = 90;

/** Somebody changed a part of a draft. */
export interface Touch {
  /** As `changePath` names it, or a part of such a path: then everything below. */
  readonly path: string;
  readonly userId: UserId;
  readonly at: Date;
}

/** A stored {@link Touch}. */
export interface KnownTouch extends Touch {
  /** Published, or taken back. */
  readonly settled: boolean;
}

/** Stores who changed what, in the transaction that stores the change; the same again changes nothing. */
export async function record(tx: TenantTx, workflowId: WorkflowId, touches: readonly Touch[]): Promise<void> {
  if (touches.length === 0) return;
  await tx.query(
    `insert into draft_changes as c (workspace_id, workflow_id, path, user_id, changed_at)
     select $1, $2, t.path, t.user_id, t.at from unnest($3::text[], $4::text[], $5::timestamptz[]) as t (path, user_id, at)
     on conflict (workspace_id, workflow_id, path, user_id)
     do update set changed_at = greatest(c.changed_at, excluded.changed_at), settled = false`,
    [tx.workspaceId, workflowId, touches.map(({ path }) => path), touches.map(({ userId }) => userId), touches.map(({ at }) => at)],
  );
}

/** Who changed what in a draft, the last first. */
export async function list(tx: TenantTx, workflowId: WorkflowId): Promise<readonly KnownTouch[]> {
  const { rows } = await tx.query<{ path: string; user_id: string; changed_at: Date; settled: boolean }>(
    `select path, user_id, changed_at, settled from draft_changes where workspace_id = $1 and workflow_id = $2
     order by changed_at desc, user_id`,
    [tx.workspaceId, workflowId],
  );
  return rows.map((row) => ({ path: row.path, userId: row.user_id, at: row.changed_at, settled: row.settled }));
}

/** Notes that what was changed at these paths is published or taken back, and forgets what was so long ago. */
export async function settle(tx: TenantTx, workflowId: WorkflowId, paths: readonly string[]): Promise<void> {
  await tx.query(
    `delete from draft_changes
     where workspace_id = $1 and workflow_id = $2 and settled and changed_at < now() - make_interval(days => $3)`,
    [tx.workspaceId, workflowId, KEEP_SETTLED_DAYS],
  );
  if (paths.length === 0) return;
  await tx.query(
    'update draft_changes set settled = true where workspace_id = $1 and workflow_id = $2 and not settled and path = any($3)',
    [tx.workspaceId, workflowId, paths],
  );
}

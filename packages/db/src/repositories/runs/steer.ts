import type { RunId, UserId, WorkspaceId } from '@millwright/core';
import type { ExecutorDb, TenantTx } from '../../queryable.ts';

/** Who asks what of which run. */
export interface SteerRequest {
  readonly runId: RunId;
  readonly by: UserId | null;
}

const OPEN = `('queued', 'running', 'waiting')`;

/**
 * Lets an open run start nothing until `unpause`.
 * @returns false when there is no such run or it has ended
 */
export async function pause(tx: TenantTx, { runId, by }: SteerRequest): Promise<boolean> {
  const result = await tx.query(
    `with asked as (
       update runs set pause_at = coalesce(pause_at, now()), pause_by = coalesce(pause_by, $3)
       where workspace_id = $1 and run_id = $2 and status in ${OPEN} returning workspace_id, run_id)
     select pg_notify('run_changed', workspace_id || ':' || run_id) from asked`,
    [tx.workspaceId, runId, by],
  );
  return result.count > 0;
}

/**
 * Lets a paused run go on; one that is not paused stays as it is.
 * @returns false when there is no such run or it has ended
 */
export async function unpause(tx: TenantTx, runId: RunId): Promise<boolean> {
  const result = await tx.query(
    `with asked as (
       update runs set pause_at = null, pause_by = null where workspace_id = $1 and run_id = $2 and status in ${OPEN} returning workspace_id, run_id)
     select pg_notify('run_changed', workspace_id || ':' || run_id) from asked`,
    [tx.workspaceId, runId],
  );
  return result.count > 0;
}

/**
 * Ends an open run as canceled (`terminated`) by compare-and-set, whatever it is doing: nothing of it can be started or stored after
 * this, and whoever executes it hears of it. Its Temporal workflow is the caller's to end. Takes the executor's role, as the
 * application's must not write how runs end.
 * @returns false when there is no such run or it has ended
 * @throws TransientError `database_unavailable`
 */
export async function terminate(
  db: ExecutorDb,
  { workspaceId, runId, by }: SteerRequest & { readonly workspaceId: WorkspaceId },
): Promise<boolean> {
  const result = await db.query(
    `with ended as (
       update runs set status = 'canceled', reason = 'terminated', waits_for = null, finished_at = now(),
         cancel_at = coalesce(cancel_at, now()), cancel_by = coalesce(cancel_by, $3)
       where workspace_id = $1 and run_id = $2 and status in ${OPEN} returning workspace_id, run_id),
     nodes as (
       update node_runs n set status = 'canceled', reason = 'terminated', waits_for = null, finished_at = now()
       from ended e where n.workspace_id = e.workspace_id and n.run_id = e.run_id and n.status in ('pending', 'running', 'waiting'))
     select pg_notify('run_cancel', workspace_id || ':' || run_id), pg_notify('run_changed', workspace_id || ':' || run_id) from ended`,
    [workspaceId, runId, by],
  );
  return result.count > 0;
}

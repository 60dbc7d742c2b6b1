import type { CredentialId, RunId } from '@millwright/core';
import type { ExecutorDb, TenantTx } from '../../queryable.ts';

/** A node run that waits for a credential. */
export interface HeldNodeRun {
  readonly runId: RunId;
  readonly nodeId: string;
  readonly runIndex: number;
}

/** Node runs of open runs that wait for a credential. */
export async function heldNodeRuns(tx: TenantTx, credentialId: CredentialId): Promise<readonly HeldNodeRun[]> {
  const { rows } = await tx.query<{ run_id: string; node_id: string; run_index: number }>(
    `select n.run_id, n.node_id, n.run_index from runs r join node_runs n on n.workspace_id = r.workspace_id and n.run_id = r.run_id
     where r.workspace_id = $1 and r.status in ('queued', 'running', 'waiting')
       and n.status = 'waiting' and n.waits_for->>'kind' = 'credential' and n.waits_for->>'who' = $2
     order by n.run_id, n.node_id, n.run_index`,
    [tx.workspaceId, credentialId],
  );
  return rows.map((row) => ({ runId: row.run_id, nodeId: row.node_id, runIndex: row.run_index }));
}

/** Credentials that open runs wait for, in every workspace. */
export async function heldCredentials(
  db: ExecutorDb,
): Promise<readonly { readonly workspaceId: string; readonly credentialId: CredentialId }[]> {
  const { rows } = await db.query<{ workspace_id: string; who: string }>(
    `select distinct workspace_id, waits_for->>'who' as who from runs
     where status in ('queued', 'running', 'waiting') and waits_for->>'kind' = 'credential' and waits_for->>'who' is not null`,
  );
  return rows.map((row) => ({ workspaceId: row.workspace_id, credentialId: row.who }));
}

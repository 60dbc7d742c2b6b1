import type { UserId } from '@millwright/core';
import { firstOf, type TenantTx } from '../../queryable.ts';

/** Hosts that the work of a workspace may reach. */
export interface NetworkRules {
  /** Only these; empty: every one. */
  readonly allow: readonly string[];
  /** None of these. */
  readonly deny: readonly string[];
}

/** The rules of the workspace; both empty where there are none. @throws TransientError `database_unavailable` */
export async function get(tx: TenantTx): Promise<NetworkRules> {
  const result = await tx.query<NetworkRules>('select allow, deny from network_rules where workspace_id = $1', [tx.workspaceId]);
  return firstOf(result) ?? { allow: [], deny: [] };
}

/** Sets the rules. */
export async function put(tx: TenantTx, { allow, deny }: NetworkRules, by: UserId): Promise<void> {
  await tx.query(
    `insert into network_rules (workspace_id, allow, deny, updated_by) values ($1, $2, $3, $4)
     on conflict (workspace_id) do update set allow = excluded.allow, deny = excluded.deny, updated_by = excluded.updated_by, updated_at = now()`,
    [tx.workspaceId, allow, deny, by],
  );
}

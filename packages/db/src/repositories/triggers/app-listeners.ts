import type { EndpointId, WorkspaceId } from '@millwright/core';
import type { ExecutorDb } from '../../queryable.ts';
import type { TriggerSetting } from './bindings.ts';

/** A live trigger that gets its events from the one address of its connector's client app. */
export interface AppListener extends TriggerSetting {
  readonly endpointId: EndpointId;
  /** Whose events it gets. */
  readonly account: string;
}

/** Whose events are looked for. */
export interface AppAccounts {
  readonly workspaceId: WorkspaceId;
  readonly connectorKey: string;
  readonly accounts: readonly string[];
}

/** The triggers of workflows that are on, of some accounts, with the setting that they listen by; the oldest first. */
export async function appListeners(db: ExecutorDb, { workspaceId, connectorKey, accounts }: AppAccounts): Promise<readonly AppListener[]> {
  if (accounts.length === 0) return [];
  const { rows } = await db.query<{ endpoint_id: string; app_account: string; subscribed: TriggerSetting }>(
    `select b.endpoint_id, b.app_account, b.subscribed from trigger_bindings b
     join webhook_endpoints e on e.workspace_id = b.workspace_id and e.id = b.endpoint_id
     join workflows w on w.workspace_id = b.workspace_id and w.id = b.workflow_id
     where b.workspace_id = $1 and b.app_account = any($3::text[]) and b.subscribed->>'connectorKey' = $2
       and e.active and w.active and w.archived_at is null
     order by b.created_at, b.endpoint_id`,
    [workspaceId, connectorKey, accounts],
    'app_listeners',
  );
  return rows.map((row) => ({ ...row.subscribed, endpointId: row.endpoint_id, account: row.app_account }));
}

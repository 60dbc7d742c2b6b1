import type { CredentialId, EndpointId, JsonObject, WorkflowId } from '@millwright/core';
import type { TenantTx } from '../../queryable.ts';

/** Says that something is to be done for a trigger. */
export const TRIGGERS_CHANNEL = 'triggers';

/** How events come: the service calls, or it is asked. */
export type TriggerWay = 'webhook' | 'poll';

/** How a trigger is: beginning, as it should be, in trouble, waiting for a person who reconnects the account, or not wanted. */
export type TriggerStatus = 'starting' | 'listening' | 'failing' | 'needsReconnect' | 'off';

/** What a published trigger wants of its service. */
export interface TriggerSetting {
  readonly way: TriggerWay;
  readonly connectorKey: string;
  readonly triggerKey: string;
  /** The node's parameters. */
  readonly input: JsonObject;
  readonly credentialId: CredentialId | null;
  /** A poll begins with what is there already. */
  readonly takesAll: boolean;
  /** The same for the same setting. */
  readonly settingHash: string;
}

/** A trigger of the version being published. */
export interface TriggerBindingSpec extends TriggerSetting {
  readonly endpointId: EndpointId;
  readonly nodeId: string;
}

/** What went wrong with a trigger. */
export interface TriggerFault {
  readonly code: string;
  readonly text: string;
  /** What to do; null where nobody knows. */
  readonly hint: string | null;
  readonly at: Date;
}

/** A trigger as people see it. */
export interface TriggerState {
  readonly nodeId: string;
  readonly endpointId: EndpointId;
  /** As it is: `poll` too where a service that should call refused our address, and is asked instead. */
  readonly way: TriggerWay;
  readonly status: TriggerStatus;
  /** What is wrong now. */
  readonly error: TriggerFault | null;
  /** Why the service does not call although it should, and is asked instead; null: it calls, or nobody wants it to. */
  readonly refusal: TriggerFault | null;
  readonly lastEventAt: Date | null;
  readonly lastPolledAt: Date | null;
  /** When it is asked, renewed or tried again; null: nothing is due. */
  readonly nextAt: Date | null;
}

/**
 * Binds the triggers of the version being published; another setting begins to listen anew.
 * The bindings of nodes that are gone stay, and are undone by whoever hosts triggers.
 */
export async function bindForWorkflow(tx: TenantTx, workflowId: WorkflowId, specs: readonly TriggerBindingSpec[]): Promise<void> {
  for (const spec of specs) {
    await tx.query(
      `insert into trigger_bindings as b (workspace_id, endpoint_id, workflow_id, node_id, way, connector_key, trigger_key, input, credential_id, setting_hash, takes_all)
       values ($1, $2, $3, $4, $5, $6, $7, $8::json, $9, $10, $11)
       on conflict (workspace_id, endpoint_id) do update set way = excluded.way, connector_key = excluded.connector_key,
         trigger_key = excluded.trigger_key, input = excluded.input, credential_id = excluded.credential_id,
         setting_hash = excluded.setting_hash, takes_all = excluded.takes_all, generation = b.generation + 1, next_at = now(), faults = 0,
         poll_state = case when b.setting_hash = excluded.setting_hash then b.poll_state end`,
      [
        tx.workspaceId,
        spec.endpointId,
        workflowId,
        spec.nodeId,
        spec.way,
        spec.connectorKey,
        spec.triggerKey,
        JSON.stringify(spec.input),
        spec.credentialId,
        spec.settingHash,
        spec.takesAll,
      ],
    );
  }
  if (specs.length > 0) await tx.query(`select pg_notify('${TRIGGERS_CHANNEL}', '')`);
}

/** Has every trigger looked at again that uses a credential: it may work now, or be another account's. */
export async function wakeForCredential(tx: TenantTx, credentialId: CredentialId): Promise<void> {
  const woken = await tx.query(
    `update trigger_bindings set next_at = now(), faults = 0
     where workspace_id = $1 and credential_id = $2 and (status in ('starting', 'failing', 'needsReconnect') or app_account is not null)`,
    [tx.workspaceId, credentialId],
  );
  if (woken.count > 0) await tx.query(`select pg_notify('${TRIGGERS_CHANNEL}', '')`);
}

/** Has every trigger of a connector looked at again that the service calls, as its client app is another one now. */
export async function wakeForApp(tx: TenantTx, connectorKey: string): Promise<void> {
  const woken = await tx.query(
    `update trigger_bindings set next_at = now(), faults = 0 where workspace_id = $1 and connector_key = $2 and way = 'webhook' and status <> 'off'`,
    [tx.workspaceId, connectorKey],
  );
  if (woken.count > 0) await tx.query(`select pg_notify('${TRIGGERS_CHANNEL}', '')`);
}

function faultOf({ code, text, hint, at }: { readonly [K in keyof TriggerFault]: TriggerFault[K] | null }): TriggerFault | null {
  return code === null || at === null ? null : { code, text: text ?? '', hint, at };
}

/** How the triggers of a workflow are, those left out whose node is not in the live version. */
export async function list(tx: TenantTx, workflowId: WorkflowId): Promise<readonly TriggerState[]> {
  const { rows } = await tx.query<{
    node_id: string;
    endpoint_id: string;
    way: TriggerWay;
    status: TriggerStatus;
    error_code: string | null;
    error_text: string | null;
    error_hint: string | null;
    error_at: Date | null;
    refused_code: string | null;
    refused_text: string | null;
    refused_hint: string | null;
    refused_at: Date | null;
    last_event_at: Date | null;
    last_polled_at: Date | null;
    next_at: Date | null;
  }>(
    `select b.node_id, b.endpoint_id, b.status,
       case when b.way = 'webhook' and b.subscribed is null and b.poll_state is not null then 'poll' else b.way end as way,
       b.error_code, b.error_text, b.error_hint, b.error_at, b.refused_code, b.refused_text, b.refused_hint, b.refused_at, b.last_event_at, b.last_polled_at, b.next_at
     from trigger_bindings b join webhook_endpoints e on e.workspace_id = b.workspace_id and e.id = b.endpoint_id
     where b.workspace_id = $1 and b.workflow_id = $2 and e.active order by b.created_at, b.endpoint_id`,
    [tx.workspaceId, workflowId],
  );
  return rows.map((row) => ({
    nodeId: row.node_id,
    endpointId: row.endpoint_id,
    way: row.way,
    status: row.status,
    error: faultOf({ code: row.error_code, text: row.error_text, hint: row.error_hint, at: row.error_at }),
    refusal:
      row.way === 'poll' ? faultOf({ code: row.refused_code, text: row.refused_text, hint: row.refused_hint, at: row.refused_at }) : null,
    lastEventAt: row.last_event_at,
    lastPolledAt: row.last_polled_at,
    nextAt: row.next_at,
  }));
}

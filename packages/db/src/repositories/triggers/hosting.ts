import type { EndpointId, JsonObject, JsonValue, VersionId, WorkflowId, WorkspaceId } from '@millwright/core';
import type { WorkflowSettings } from '@millwright/workflow';
import { encodePayload } from '../../payload.ts';
import { firstOf, type ExecutorDb } from '../../queryable.ts';
import type { PendingDelivery } from '../runs/deliveries.ts';
import type { TriggerSetting, TriggerWay } from './bindings.ts';

/** A binding that this process works on. Nobody else does until the claim runs out. */
export interface ClaimedBinding extends TriggerSetting {
  readonly claim: string;
  readonly generation: number;
  readonly endpointId: EndpointId;
  readonly workspaceId: WorkspaceId;
  readonly workflowId: WorkflowId;
  readonly workflowName: string;
  readonly versionId: VersionId;
  readonly planHash: string;
  readonly nodeId: string;
  readonly workflowSettings: WorkflowSettings;
  /** Whether events are wanted: the workflow is on, and its live version has the node. */
  readonly isWanted: boolean;
  readonly pollState: JsonValue | null;
  /** The setting that the service was told; null: none. */
  readonly subscribed: TriggerSetting | null;
  readonly sealedKept: Uint8Array | null;
  readonly renewAt: Date | null;
  /** Failures since it worked last. */
  readonly faults: number;
}

/** What went wrong, and what to do; in English. */
export interface NotedFault {
  readonly code: string;
  readonly text: string;
  readonly hint?: string;
}

/** What is noted when something was done for a binding; what is left out stays. */
export interface BindingOutcome {
  readonly status: 'starting' | 'listening' | 'failing' | 'needsReconnect' | 'off';
  /** Ms until there is something to do again; null: nothing until something changes. */
  readonly nextInMs: number | null;
  /** Absent: none, and the count of failures begins anew. */
  readonly error?: NotedFault;
  /** Why a service that should call is asked instead; null: it is not. Absent: as before. */
  readonly refusal?: NotedFault | null;
  readonly pollState?: JsonValue | null;
  readonly hasPolled?: boolean;
  readonly subscription?: {
    readonly subscribed: TriggerSetting | null;
    readonly sealedKept: Uint8Array | null;
    /** Null: it does not end. */
    readonly renewInMs: number | null;
  };
}

interface Row {
  readonly endpoint_id: string;
  readonly workspace_id: string;
  readonly workflow_id: string;
  readonly node_id: string;
  readonly way: TriggerWay;
  readonly connector_key: string;
  readonly trigger_key: string;
  readonly input: JsonObject;
  readonly credential_id: string | null;
  readonly setting_hash: string;
  readonly takes_all: boolean;
  readonly generation: number;
  readonly poll_state: JsonValue | null;
  readonly subscribed: TriggerSetting | null;
  readonly sealed_kept: Buffer | null;
  readonly renew_at: Date | null;
  readonly faults: number;
  readonly name: string;
  readonly version_id: string;
  readonly plan_hash: string;
  readonly plan_settings: WorkflowSettings;
  readonly wanted: boolean;
}

/**
 * Takes bindings for which something is due, the longest due first. What another process is taking right now is passed over; a claim
 * that ran out (its process died) is taken again.
 * @param how `claim`: of this time and process; `limit`: bindings; `leaseMs`: how long nobody else may
 */
export async function claimDue(
  db: ExecutorDb,
  how: { readonly claim: string; readonly limit: number; readonly leaseMs: number },
): Promise<readonly ClaimedBinding[]> {
  const { rows } = await db.query<Row>(
    `with due as (
       select workspace_id, endpoint_id from trigger_bindings
       where next_at <= now() and (claimed_until is null or claimed_until <= now())
       order by next_at limit $2 for update skip locked),
     mine as (
       update trigger_bindings b set claim = $1, claimed_until = now() + $3 * interval '1 ms'
       from due where b.workspace_id = due.workspace_id and b.endpoint_id = due.endpoint_id returning b.*)
     select m.endpoint_id, m.workspace_id, m.workflow_id, m.node_id, m.way, m.connector_key, m.trigger_key, m.input, m.credential_id,
       m.setting_hash, m.takes_all, m.generation, m.poll_state, m.subscribed, m.sealed_kept, m.renew_at, m.faults,
       w.name, v.id as version_id, v.plan_hash, p.settings as plan_settings, e.active and w.active and w.archived_at is null as wanted
     from mine m
     join webhook_endpoints e on e.workspace_id = m.workspace_id and e.id = m.endpoint_id
     join workflows w on w.workspace_id = m.workspace_id and w.id = m.workflow_id
     join workflow_versions v on v.workspace_id = w.workspace_id and v.id = w.live_version_id
     join plans p on p.workspace_id = v.workspace_id and p.plan_hash = v.plan_hash`,
    [how.claim, how.limit, how.leaseMs],
    'trigger_claim',
  );
  return rows.map((row) => toClaimed(row, how.claim));
}

function toClaimed(row: Row, claim: string): ClaimedBinding {
  return {
    claim,
    generation: row.generation,
    endpointId: row.endpoint_id,
    workspaceId: row.workspace_id,
    workflowId: row.workflow_id,
    workflowName: row.name,
    versionId: row.version_id,
    planHash: row.plan_hash,
    nodeId: row.node_id,
    workflowSettings: row.plan_settings,
    isWanted: row.wanted,
    way: row.way,
    connectorKey: row.connector_key,
    triggerKey: row.trigger_key,
    input: row.input,
    credentialId: row.credential_id,
    settingHash: row.setting_hash,
    takesAll: row.takes_all,
    pollState: row.poll_state,
    subscribed: row.subscribed,
    sealedKept: row.sealed_kept === null ? null : new Uint8Array(row.sealed_kept),
    renewAt: row.renew_at,
    faults: row.faults,
  };
}

const SETTLE = `
  update trigger_bindings set claim = null, claimed_until = null, status = $4,
    next_at = now() + $5::double precision * interval '1 ms',
    error_code = $6, error_text = $7, error_hint = $22, error_at = case when $6::text is not null then now() end,
    refused_code = case when $19 then $20 else refused_code end, refused_text = case when $19 then $21 else refused_text end,
    refused_hint = case when $19 then $23 else refused_hint end,
    refused_at = case when not $19 then refused_at when $20::text is not null then now() end,
    faults = case when $6::text is null then 0 else faults + 1 end,
    poll_state = case when $8 then $9::json else poll_state end,
    last_polled_at = case when $10 then now() else last_polled_at end,
    subscribed = case when $11 then $12::json else subscribed end,
    sealed_kept = case when $11 then $13::bytea else sealed_kept end,
    renew_at = case when $11 then now() + $14::double precision * interval '1 ms' else renew_at end,
    last_event_at = case when $15 then now() else last_event_at end
  where endpoint_id = $1 and claim = $2 and generation = $3 returning workspace_id`;

function settleValues(binding: ClaimedBinding, outcome: BindingOutcome, hasEvents: boolean): readonly unknown[] {
  const { subscription } = outcome;
  return [
    binding.endpointId,
    binding.claim,
    binding.generation,
    outcome.status,
    outcome.nextInMs,
    outcome.error?.code ?? null,
    outcome.error?.text ?? null,
    outcome.pollState !== undefined,
    outcome.pollState === undefined || outcome.pollState === null ? null : JSON.stringify(outcome.pollState),
    outcome.hasPolled === true,
    subscription !== undefined,
    subscription === undefined || subscription.subscribed === null ? null : JSON.stringify(subscription.subscribed),
    subscription === undefined || subscription.sealedKept === null ? null : Buffer.from(subscription.sealedKept),
    subscription?.renewInMs ?? null,
    hasEvents,
  ];
}

/**
 * Notes what came of the work on a binding and keeps the deliveries that it brought, both or neither: a death before leaves the events
 * to be asked for again, one after it leaves runs that are started from what was kept.
 * @returns false when the claim ran out or something else is wanted by now: nothing was stored
 */
export async function settle(
  db: ExecutorDb,
  binding: ClaimedBinding,
  of: { readonly outcome: BindingOutcome; readonly deliveries: readonly Omit<PendingDelivery, 'at' | 'workspaceId' | 'endpointId'>[] },
): Promise<boolean> {
  const { deliveries } = of;
  const done = await db.query(
    `with mine as (${SETTLE}),
     kept as (
       insert into deliveries (workspace_id, endpoint_id, delivery_hash, run_id, status, input)
       select mine.workspace_id, $1, d.hash, d.run_id, 'pending', d.input
       from mine, unnest($16::text[], $17::text[], $18::bytea[]) as d (hash, run_id, input) on conflict do nothing)
     select 1 from mine`,
    [
      ...settleValues(binding, of.outcome, deliveries.length > 0),
      deliveries.map(({ hash }) => hash),
      deliveries.map(({ runId }) => runId),
      deliveries.map(({ input }) => encodePayload(input)),
      of.outcome.refusal !== undefined,
      of.outcome.refusal?.code ?? null,
      of.outcome.refusal?.text ?? null,
      of.outcome.error?.hint ?? null,
      of.outcome.refusal?.hint ?? null,
    ],
    'trigger_settle',
  );
  return done.count > 0;
}

/** Says that the process is still at it. @returns false when it is another's by now */
export async function hold(db: ExecutorDb, { endpointId, claim }: ClaimedBinding, leaseMs: number): Promise<boolean> {
  const held = await db.query(
    `update trigger_bindings set claimed_until = now() + $3 * interval '1 ms' where endpoint_id = $1 and claim = $2`,
    [endpointId, claim, leaseMs],
  );
  return held.count > 0;
}

/** Gives a claim back whose work came to nothing because something else is wanted by now; it is due at once. */
export async function release(db: ExecutorDb, { endpointId, claim }: ClaimedBinding): Promise<void> {
  await db.query('update trigger_bindings set claim = null, claimed_until = null where endpoint_id = $1 and claim = $2', [
    endpointId,
    claim,
  ]);
}

/** What a service was told, and what it said. */
export interface ToldService {
  readonly subscribed: TriggerSetting | null;
  readonly sealedKept: Uint8Array | null;
  /** Whose events it gets from the address of the client app. Absent: it does not listen there. */
  readonly appAccount?: string;
}

/**
 * Stores what the service was told and said, whatever is wanted by now: what exists there must be known here.
 * @returns false when the claim is not ours any more
 */
export async function storeSubscription(
  db: ExecutorDb,
  { endpointId, claim }: ClaimedBinding,
  { subscribed, sealedKept, appAccount }: ToldService,
): Promise<boolean> {
  const stored = await db.query(
    `update trigger_bindings set subscribed = $3::json, sealed_kept = $4, app_account = $5 where endpoint_id = $1 and claim = $2`,
    [
      endpointId,
      claim,
      subscribed === null ? null : JSON.stringify(subscribed),
      sealedKept === null ? null : Buffer.from(sealedKept),
      appAccount ?? null,
    ],
  );
  return stored.count > 0;
}

/** What a delivery is judged by. */
export interface Subscription extends TriggerSetting {
  readonly workspaceId: WorkspaceId;
  readonly sealedKept: Uint8Array;
}

/** What a webhook was subscribed with; null: the service was told nothing. */
export async function subscription(db: ExecutorDb, endpointId: EndpointId): Promise<Subscription | null> {
  const row = firstOf(
    await db.query<Pick<Row, 'workspace_id' | 'subscribed' | 'sealed_kept'>>(
      'select workspace_id, subscribed, sealed_kept from trigger_bindings where endpoint_id = $1',
      [endpointId],
      'trigger_subscription',
    ),
  );
  if (row === null || row.subscribed === null || row.sealed_kept === null) return null;
  return { ...row.subscribed, workspaceId: row.workspace_id, sealedKept: new Uint8Array(row.sealed_kept) };
}

/** Notes that events came. */
export async function noteEvent(db: ExecutorDb, endpointId: EndpointId): Promise<void> {
  await db.query('update trigger_bindings set last_event_at = now() where endpoint_id = $1', [endpointId]);
}

import type { UserId } from '@millwright/core';
import { firstOf, type TenantTx } from '../../queryable.ts';
import { bytes, toSealed, type SealedColumns, type SealedRow } from './sealed.ts';

/** What came to the one address of an app so far. */
export interface EventCounts {
  /** Events of accounts to which a live workflow listens. */
  readonly taken: number;
  /** Events of other accounts. */
  readonly dropped: number;
  /** Deliveries whose proof did not hold. */
  readonly refused: number;
  /** When the last event came, whosever it was. */
  readonly lastAt: Date | null;
  readonly lastRefusedAt: Date | null;
}

/** A connector's client at its vendor, without its secret. */
export interface ClientApp {
  readonly connectorKey: string;
  readonly clientId: string;
  readonly hasSecret: boolean;
  readonly hasSigningSecret: boolean;
  readonly events: EventCounts;
  readonly updatedAt: Date;
  readonly updatedBy: { readonly id: UserId; readonly name: string } | null;
}

interface Row {
  readonly connector_key: string;
  readonly client_id: string;
  readonly has_secret: boolean;
  readonly has_signing_secret: boolean;
  readonly events_taken: string;
  readonly events_dropped: string;
  readonly deliveries_refused: string;
  readonly last_event_at: Date | null;
  readonly last_refused_at: Date | null;
  readonly updated_at: Date;
  readonly by_id: string;
  readonly by_name: string | null;
}

const SELECT = `select a.connector_key, a.client_id, a.has_secret, a.has_signing_secret, a.events_taken, a.events_dropped,
  a.deliveries_refused, a.last_event_at, a.last_refused_at, a.updated_at, a.updated_by as by_id, u.name as by_name`;
const FROM = `from client_apps a left join "user" u on u.id = a.updated_by where a.workspace_id = $1`;

function toApp(row: Row): ClientApp {
  return {
    connectorKey: row.connector_key,
    clientId: row.client_id,
    hasSecret: row.has_secret,
    hasSigningSecret: row.has_signing_secret,
    events: {
      taken: Number(row.events_taken),
      dropped: Number(row.events_dropped),
      refused: Number(row.deliveries_refused),
      lastAt: row.last_event_at,
      lastRefusedAt: row.last_refused_at,
    },
    updatedAt: row.updated_at,
    updatedBy: row.by_name === null ? null : { id: row.by_id, name: row.by_name },
  };
}

/** Every client app, by connector. */
export async function list(tx: TenantTx): Promise<readonly ClientApp[]> {
  return (await tx.query<Row>(`${SELECT} ${FROM} order by a.connector_key`, [tx.workspaceId])).rows.map(toApp);
}

/** One with its sealed secret. */
export async function getSealed(tx: TenantTx, connectorKey: string): Promise<(ClientApp & { readonly sealed: SealedColumns }) | null> {
  const row = firstOf(
    await tx.query<Row & SealedRow>(`${SELECT}, a.key_id, a.wrapped_key, a.sealed ${FROM} and a.connector_key = $2`, [
      tx.workspaceId,
      connectorKey,
    ]),
  );
  return row === null ? null : { ...toApp(row), sealed: toSealed(row) };
}

/** Enters or changes one. */
export async function put(
  tx: TenantTx,
  app: Pick<ClientApp, 'connectorKey' | 'clientId' | 'hasSecret' | 'hasSigningSecret'> & {
    readonly sealed: SealedColumns;
    readonly by: UserId;
  },
): Promise<void> {
  await tx.query(
    `insert into client_apps (workspace_id, connector_key, client_id, has_secret, key_id, wrapped_key, sealed, updated_by, has_signing_secret)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (workspace_id, connector_key) do update set client_id = excluded.client_id, has_secret = excluded.has_secret,
       has_signing_secret = excluded.has_signing_secret, key_id = excluded.key_id, wrapped_key = excluded.wrapped_key, sealed = excluded.sealed, updated_by = excluded.updated_by, updated_at = now()`,
    [
      tx.workspaceId,
      app.connectorKey,
      app.clientId,
      app.hasSecret,
      app.sealed.keyId,
      bytes(app.sealed.wrappedKey),
      bytes(app.sealed.sealed),
      app.by,
      app.hasSigningSecret,
    ],
  );
}

/** Adds to what came to the address of an app; nothing where it is not entered any more. */
export async function addEvents(
  tx: TenantTx,
  connectorKey: string,
  { taken, dropped, refused }: Pick<EventCounts, 'taken' | 'dropped' | 'refused'>,
): Promise<void> {
  await tx.query(
    `update client_apps set events_taken = events_taken + $3, events_dropped = events_dropped + $4,
       deliveries_refused = deliveries_refused + $5, last_event_at = case when $3 + $4 > 0 then now() else last_event_at end,
       last_refused_at = case when $5 > 0 then now() else last_refused_at end
     where workspace_id = $1 and connector_key = $2`,
    [tx.workspaceId, connectorKey, taken, dropped, refused],
  );
}

/** @returns false when there is none */
export async function remove(tx: TenantTx, connectorKey: string): Promise<boolean> {
  const removed = await tx.query('delete from client_apps where workspace_id = $1 and connector_key = $2', [tx.workspaceId, connectorKey]);
  return removed.count > 0;
}

import type { UserId } from '@millwright/core';
import { firstOf, type TenantTx } from '../../queryable.ts';
import { bytes, toSealed, type SealedColumns, type SealedRow } from './sealed.ts';

/** A connector's client at its vendor, without its secret. */
export interface ClientApp {
  readonly connectorKey: string;
  readonly clientId: string;
  readonly hasSecret: boolean;
  readonly updatedAt: Date;
  readonly updatedBy: { readonly id: UserId; readonly name: string } | null;
}

interface Row {
  readonly connector_key: string;
  readonly client_id: string;
  readonly has_secret: boolean;
  readonly updated_at: Date;
  readonly by_id: string;
  readonly by_name: string | null;
}

const SELECT = `select a.connector_key, a.client_id, a.has_secret, a.updated_at, a.updated_by as by_id, u.name as by_name`;
const FROM = `from client_apps a left join "user" u on u.id = a.updated_by where a.workspace_id = $1`;

function toApp(row: Row): ClientApp {
  return {
    connectorKey: row.connector_key,
    clientId: row.client_id,
    hasSecret: row.has_secret,
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
  app: Pick<ClientApp, 'connectorKey' | 'clientId' | 'hasSecret'> & { readonly sealed: SealedColumns; readonly by: UserId },
): Promise<void> {
  await tx.query(
    `insert into client_apps (workspace_id, connector_key, client_id, has_secret, key_id, wrapped_key, sealed, updated_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (workspace_id, connector_key) do update set client_id = excluded.client_id, has_secret = excluded.has_secret,
       key_id = excluded.key_id, wrapped_key = excluded.wrapped_key, sealed = excluded.sealed, updated_by = excluded.updated_by, updated_at = now()`,
    [
      tx.workspaceId,
      app.connectorKey,
      app.clientId,
      app.hasSecret,
      app.sealed.keyId,
      bytes(app.sealed.wrappedKey),
      bytes(app.sealed.sealed),
      app.by,
    ],
  );
}

/** @returns false when there is none */
export async function remove(tx: TenantTx, connectorKey: string): Promise<boolean> {
  const removed = await tx.query('delete from client_apps where workspace_id = $1 and connector_key = $2', [tx.workspaceId, connectorKey]);
  return removed.count > 0;
}

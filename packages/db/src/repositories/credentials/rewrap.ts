import type { TenantTx } from '../../queryable.ts';
import { bytes } from './sealed.ts';

/** Something sealed whose data key is wrapped by another key than the active one. */
export interface WrappedRow {
  readonly table: SealedTable;
  /** As its secret is bound: `cred_…`, a connector's key, a state's hash. */
  readonly id: string;
  /** Second part of what it is bound to: a credential's type, else the kind. */
  readonly type: string;
  readonly keyId: string;
  readonly wrappedKey: Uint8Array;
}

/** Tables with sealed columns. */
export type SealedTable = 'credentials' | 'client_apps' | 'oauth_states';

const NAMES: Readonly<Record<SealedTable, { readonly id: string; readonly type: string }>> = {
  credentials: { id: 'id', type: 'type' },
  client_apps: { id: 'connector_key', type: `'clientApp'` },
  oauth_states: { id: 'state_hash', type: `'oauthState'` },
};

/** Tables with sealed columns, all of them. */
export const SEALED_TABLES: readonly SealedTable[] = ['credentials', 'client_apps', 'oauth_states'];

/** Rows that are wrapped by other keys than this one, locked until the transaction ends. */
export async function wrappedByOthers(
  tx: TenantTx,
  { table, keyId, limit }: { readonly table: SealedTable; readonly keyId: string; readonly limit: number },
): Promise<readonly WrappedRow[]> {
  const { id, type } = NAMES[table];
  const { rows } = await tx.query<{ id: string; type: string; key_id: string; wrapped_key: Uint8Array }>(
    `select ${id} as id, ${type} as type, key_id, wrapped_key from ${table}
     where workspace_id = $1 and key_id <> $2 order by 1 limit $3 for update`,
    [tx.workspaceId, keyId, limit],
  );
  return rows.map((row) => ({ table, id: row.id, type: row.type, keyId: row.key_id, wrappedKey: row.wrapped_key }));
}

/** Stores a data key as the active key wraps it. The secret itself stays as it is. */
export async function storeWrapped(tx: TenantTx, row: WrappedRow): Promise<void> {
  await tx.query(`update ${row.table} set key_id = $3, wrapped_key = $4 where workspace_id = $1 and ${NAMES[row.table].id} = $2`, [
    tx.workspaceId,
    row.id,
    row.keyId,
    bytes(row.wrappedKey),
  ]);
}

import { and, eq } from 'drizzle-orm';
import type { TenantTx } from '../queryable.ts';
import { workspaceKeys as table } from '../schema/index.ts';

/** A workspace's key as it is stored: wrapped by the root key. */
export interface WrappedKey {
  readonly id: string;
  readonly wrapped: Uint8Array;
  /** The same by the next root key, while that is exchanged. */
  readonly nextWrapped?: Uint8Array | null;
}

const columns = { id: table.id, wrapped: table.wrapped, nextWrapped: table.nextWrapped };

/** Announces that a workspace has another active key; the payload is its id. */
export const KEYS_CHANNEL = 'workspace_keys';

/** The key that new data is encrypted with, or null when there is none yet. */
export async function active(tx: TenantTx): Promise<WrappedKey | null> {
  const rows = await tx.orm
    .select(columns)
    .from(table)
    .where(and(eq(table.workspaceId, tx.workspaceId), eq(table.active, true)));
  return rows[0] ?? null;
}

/** The active key, kept from being exchanged until the transaction ends: what is sealed with it now is found by a rotation. */
export async function activeHeld(tx: TenantTx): Promise<WrappedKey | null> {
  const rows = await tx.orm
    .select(columns)
    .from(table)
    .where(and(eq(table.workspaceId, tx.workspaceId), eq(table.active, true)))
    .for('share');
  return rows[0] ?? null;
}

/** A key by its id: what older data was encrypted with. */
export async function get(tx: TenantTx, keyId: string): Promise<WrappedKey | null> {
  const rows = await tx.orm
    .select(columns)
    .from(table)
    .where(and(eq(table.workspaceId, tx.workspaceId), eq(table.id, keyId)));
  return rows[0] ?? null;
}

/** Stores the first key; when somebody else was faster, theirs stays: read `active` again. */
export async function addFirst(tx: TenantTx, key: WrappedKey): Promise<void> {
  await tx.orm.insert(table).values({ workspaceId: tx.workspaceId, id: key.id, wrapped: key.wrapped }).onConflictDoNothing();
}

/** Makes another key the active one; whoever holds the old one is waited for. Every process hears of it when the transaction commits. */
export async function exchange(tx: TenantTx, key: WrappedKey): Promise<void> {
  await tx.query('update workspace_keys set active = false where workspace_id = $1 and active', [tx.workspaceId]);
  await tx.orm.insert(table).values({ workspaceId: tx.workspaceId, id: key.id, wrapped: key.wrapped });
  await tx.query('select pg_notify($1, $2)', [KEYS_CHANNEL, tx.workspaceId]);
}

/** Every key of the workspace, retired ones too: what was encrypted with them is still there. Locked until the transaction ends. */
export async function listHeld(tx: TenantTx): Promise<readonly WrappedKey[]> {
  return tx.orm.select(columns).from(table).where(eq(table.workspaceId, tx.workspaceId)).for('update');
}

/** Stores a key as the next root key wraps it, beside what it is. */
export async function putNext(
  tx: TenantTx,
  next: { readonly id: string; readonly wrapped: Uint8Array; readonly root: string },
): Promise<void> {
  await tx.orm
    .update(table)
    .set({ nextWrapped: next.wrapped, nextRoot: next.root })
    .where(and(eq(table.workspaceId, tx.workspaceId), eq(table.id, next.id)));
}

/** The next root key is the root key: what the old one wrapped goes. */
export async function finishRoot(tx: TenantTx, root: string): Promise<void> {
  await tx.query(
    `update workspace_keys set wrapped = next_wrapped, next_wrapped = null, next_root = null where workspace_id = $1 and next_root = $2`,
    [tx.workspaceId, root],
  );
}

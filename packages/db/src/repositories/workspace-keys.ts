import { and, eq } from 'drizzle-orm';
import type { TenantTx } from '../queryable.ts';
import { workspaceKeys as table } from '../schema/index.ts';

/** A workspace's key as it is stored: wrapped by the root key. */
export interface WrappedKey {
  readonly id: string;
  readonly wrapped: Uint8Array;
}

const columns = { id: table.id, wrapped: table.wrapped };

/** The key that new data is encrypted with, or null when there is none yet. */
export async function active(tx: TenantTx): Promise<WrappedKey | null> {
  const rows = await tx.orm
    .select(columns)
    .from(table)
    .where(and(eq(table.workspaceId, tx.workspaceId), eq(table.active, true)));
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

import type { WorkspaceId } from '@millwright/core';
import { sealedRows, workspaceKeys, type Database, type TenantTx } from '@millwright/db';
import type { Vault } from '../vault/vault.ts';
import type { RootKey } from './root-key.ts';
import { isWrappedBy, unwrap, wrapKey, type WorkspaceKeys } from './workspace-keys.ts';

/** Rows whose data key is wrapped anew in one transaction. */
const BATCH = 200;
/** Announces that the root key was exchanged. */
const ROOT_CHANNEL = 'root_key';

/** What rotations work with. */
export interface RotationPorts {
  readonly rootKey: RootKey;
  readonly keys: WorkspaceKeys;
  readonly vault: Vault;
  readonly db: Pick<Database, 'tenant' | 'executor' | 'listen'>;
}

/** How far a rotation is. */
export interface RotationProgress {
  /** `wrap`: keys get their second wrapping. `finish`: the first one goes. */
  readonly stage: 'wrap' | 'finish';
  /** Workspaces that are done, and how many there are. */
  readonly done: number;
  readonly of: number;
}

/** Keys that are exchanged while everything goes on. */
export interface KeyRotation {
  /**
   * Gives a workspace another key: what is sealed from now on uses it, and every data key is wrapped by it anew. The old one goes on
   * reading what else it encrypted (payloads of runs).
   */
  readonly rotateWorkspaceKey: (workspaceId: WorkspaceId) => Promise<{ readonly keyId: string; readonly rewrapped: number }>;
  /**
   * Gives the install another root key, and wraps every workspace key by it. Interrupted, it is finished by the next call.
   * @param onProgress called after each workspace
   * @throws UserError `root_key_not_ours` where the key is no file and gives no older one to exchange
   */
  readonly rotateRootKey: (
    onProgress?: (progress: RotationProgress) => void,
  ) => Promise<{ readonly rootId: string; readonly rewrapped: number }>;
  /** Stops listening. */
  readonly close: () => void;
}

/** Makes rotations, and hears of those of other processes. */
export function createKeyRotation(ports: RotationPorts): KeyRotation {
  const { rootKey, db, keys, vault } = ports;
  const reload = (): void => void rootKey.reload().catch(() => undefined);
  const unlisten = db.listen(ROOT_CHANNEL, reload, reload);
  return {
    rotateWorkspaceKey: async (workspaceId) => {
      const { id: keyId } = await db.tenant(workspaceId, async (tx) => {
        // There may be none yet.
        await keys.activeIn(tx);
        return keys.exchange(tx);
      });
      let rewrapped = 0;
      for (const table of sealedRows.SEALED_TABLES) {
        for (;;) {
          const done = await db.tenant(workspaceId, async (tx) => rewrapBatch(tx, vault, { table, keyId }));
          rewrapped += done;
          if (done < BATCH) break;
        }
      }
      return { keyId, rewrapped };
    },
    rotateRootKey: async (onProgress = () => undefined) => alone(db, async () => exchangeRoot(ports, onProgress)),
    close: unlisten,
  };
}

async function rewrapBatch(
  tx: TenantTx,
  vault: Vault,
  { table, keyId }: { readonly table: sealedRows.SealedTable; readonly keyId: string },
): Promise<number> {
  const rows = await sealedRows.wrappedByOthers(tx, { table, keyId, limit: BATCH });
  for (const row of rows) await sealedRows.storeWrapped(tx, await vault.rewrap(tx.workspaceId, row, keyId));
  return rows.length;
}

/** One rotation of the root key at a time in the whole install: two would each leave keys that the other's file cannot open. */
async function alone<T>(db: RotationPorts['db'], body: () => Promise<T>): Promise<T> {
  const client = await db.executor.pool.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtext('millwright:root-key'))`);
    return await body();
  } finally {
    // The lock ends with its connection, whatever happened.
    client.release(true);
  }
}

async function exchangeRoot(
  { rootKey, db }: RotationPorts,
  onProgress: (progress: RotationProgress) => void,
): Promise<{ readonly rootId: string; readonly rewrapped: number }> {
  await rootKey.reload();
  const workspaceIds = (await db.executor.query<{ id: string }>('select id from workspaces order by id')).rows.map(({ id }) => id);
  const of = workspaceIds.length;
  // What an older key still wraps was left by an interrupted rotation, or by whoever exchanged the value by hand.
  if ((await countOlder(db, rootKey, workspaceIds)) === 0) await rootKey.exchange();
  await tell(db);
  // First both wrappings are there, for processes that have not heard yet; then only the new one, which they find by reading again.
  let rewrapped = 0;
  for (const [index, workspaceId] of workspaceIds.entries()) {
    rewrapped += await db.tenant(workspaceId, async (tx) => wrapNext(tx, rootKey));
    onProgress({ stage: 'wrap', done: index + 1, of });
  }
  await tell(db);
  for (const [index, workspaceId] of workspaceIds.entries()) {
    await db.tenant(workspaceId, async (tx) => workspaceKeys.finishRoot(tx, rootKey.id));
    onProgress({ stage: 'finish', done: index + 1, of });
  }
  return { rootId: rootKey.id, rewrapped };
}

async function countOlder(db: RotationPorts['db'], rootKey: RootKey, workspaceIds: readonly string[]): Promise<number> {
  let older = 0;
  for (const workspaceId of workspaceIds) {
    const stored = await db.tenant(workspaceId, workspaceKeys.listHeld);
    older += stored.filter((key) => !isWrappedBy(rootKey, workspaceId, key)).length;
  }
  return older;
}

async function wrapNext(tx: TenantTx, rootKey: RootKey): Promise<number> {
  const stored = (await workspaceKeys.listHeld(tx)).filter((key) => !isWrappedBy(rootKey, tx.workspaceId, key));
  for (const one of stored) {
    const key = unwrap(rootKey, tx.workspaceId, one);
    const wrapped = wrapKey(rootKey, { workspaceId: tx.workspaceId, id: one.id, key });
    await workspaceKeys.putNext(tx, { id: one.id, wrapped, root: rootKey.id });
  }
  return stored.length;
}

async function tell(db: RotationPorts['db']): Promise<void> {
  await db.executor.query('select pg_notify($1, $2)', [ROOT_CHANNEL, '']);
}

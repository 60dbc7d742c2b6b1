import { randomBytes } from 'node:crypto';
import { InvariantError } from '@millwright/core';
import { workspaceKeys as table, type Database } from '@millwright/db';
import { KEY_BYTES, type RootKey } from './root-key.ts';

/** Keys held ready; a workspace beyond it is read again. */
const MAX_CACHED = 10_000;

/** The keys that a workspace's data is encrypted with. Plain keys exist only in memory. */
export interface WorkspaceKeys {
  /** Id of the key to encrypt with now; the first use of a workspace makes its key. */
  readonly keyIdFor: (workspaceId: string) => Promise<string>;
  /**
   * The 32 bytes of a key; the same for ever under one id.
   * @throws InvariantError `workspace_key_unknown`; UserError `root_key_wrong`
   */
  readonly keyFor: (keyId: string) => Promise<Uint8Array>;
}

/** Key ids name their workspace, so that one can be found from the id alone. */
function workspaceOf(keyId: string): string {
  return keyId.slice(0, keyId.lastIndexOf('.'));
}

function binding(workspaceId: string, keyId: string): string {
  return `workspace-key\n${workspaceId}\n${keyId}`;
}

async function activeOrNew(db: Pick<Database, 'tenant'>, rootKey: RootKey, workspaceId: string): Promise<string> {
  return db.tenant(workspaceId, async (tx) => {
    const found = await table.active(tx);
    if (found) return found.id;
    const id = `${workspaceId}.1`;
    await table.addFirst(tx, { id, wrapped: rootKey.wrap(randomBytes(KEY_BYTES), binding(workspaceId, id)) });
    return (await table.active(tx))?.id ?? id;
  });
}

async function read(db: Pick<Database, 'tenant'>, rootKey: RootKey, keyId: string): Promise<Uint8Array> {
  const workspaceId = workspaceOf(keyId);
  const stored = await db.tenant(workspaceId, async (tx) => table.get(tx, keyId));
  if (!stored) throw new InvariantError({ code: 'workspace_key_unknown', message: `no key ${keyId}` });
  return rootKey.unwrap(stored.wrapped, binding(workspaceId, keyId));
}

/** One promise per key: callers at the same moment share a read; a failed one is forgotten. */
function cached<T>(load: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key) => {
    const found = known.get(key);
    if (found) return found;
    const loading = load(key);
    known.set(key, loading);
    loading.catch(() => known.delete(key));
    const oldest = known.keys().next().value;
    if (known.size > MAX_CACHED && oldest !== undefined) known.delete(oldest);
    return loading;
  };
}

/** The workspace keys of an install, wrapped in Postgres by the root key. */
export function createWorkspaceKeys(db: Pick<Database, 'tenant'>, rootKey: RootKey): WorkspaceKeys {
  return {
    keyIdFor: cached((workspaceId) => activeOrNew(db, rootKey, workspaceId)),
    keyFor: cached((keyId) => read(db, rootKey, keyId)),
  };
}

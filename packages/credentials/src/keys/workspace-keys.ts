import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { InvariantError, newId, UserError, type WorkspaceId } from '@millwright/core';
import { workspaceKeys, type Database, type TenantTx } from '@millwright/db';
import { openBytes, placeOf, sealBytes, SealBroken } from './envelope.ts';
import type { RootKey } from './root-key.ts';

/** A workspace's key in this process. Its bytes cannot be printed or serialised. */
export interface WorkspaceKey {
  /** Goes beside whatever is encrypted with it, so that it is found again after a rotation. */
  readonly id: string;
  /** For AES-256-GCM. */
  readonly key: KeyObject;
}

/** Keys by workspace, unwrapped once per process. */
export interface WorkspaceKeys {
  /**
   * The key to encrypt with now; made when the workspace has none.
   * @throws UserError `root_key_wrong`; TransientError `database_unavailable`
   */
  readonly workspaceKey: (workspaceId: WorkspaceId) => Promise<WorkspaceKey>;
  /**
   * The key that something was encrypted with.
   * @throws InvariantError `workspace_key_unknown`; as `workspaceKey`
   */
  readonly workspaceKeyById: (workspaceId: WorkspaceId, keyId: string) => Promise<WorkspaceKey>;
  /** The active key, which no rotation exchanges before the transaction ends: for what a rotation has to find. @throws as `workspaceKey` */
  readonly activeIn: (tx: TenantTx) => Promise<WorkspaceKey>;
  /** Makes a fresh key the active one, in a transaction; older ones go on reading. */
  readonly exchange: (tx: TenantTx) => Promise<WorkspaceKey>;
  /** Stops listening. */
  readonly close: () => void;
}

/** What keys are kept with. */
export interface WorkspaceKeyPorts {
  /** Wraps the keys. */
  readonly rootKey: RootKey;
  /** Keeps them as the workspace's own rows. Without `listen` a rotation elsewhere is not heard of; what it retired goes on working. */
  readonly database: Pick<Database, 'tenant'> & Partial<Pick<Database, 'listen'>>;
}

const KEY_BYTES = 32;
/** Unwrapped keys kept; above it the oldest is read again when needed. */
const CACHE_SIZE = 10_000;

/** Keys in memory, each loaded once. */
class KeyCache {
  readonly #known = new Map<string, Promise<WorkspaceKey>>();

  async get(name: string, load: () => Promise<WorkspaceKey>): Promise<WorkspaceKey> {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const loading = load();
    this.#known.set(name, loading);
    const oldest = this.#known.size > CACHE_SIZE ? this.#known.keys().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
    // A failure is not kept: Postgres may be back for the next caller.
    loading.catch(() => {
      if (this.#known.get(name) === loading) this.#known.delete(name);
    });
    return loading;
  }

  forget(name?: string): void {
    if (name === undefined) this.#known.clear();
    else this.#known.delete(name);
  }
}

/** Makes the keys of one process. */
export function createWorkspaceKeys({ rootKey, database }: WorkspaceKeyPorts): WorkspaceKeys {
  const cache = new KeyCache();
  const unlisten = database.listen?.(
    workspaceKeys.KEYS_CHANNEL,
    (workspaceId) => cache.forget(workspaceId),
    () => cache.forget(),
  );
  const read = async (workspaceId: WorkspaceId, keyId: string): Promise<WorkspaceKey> => {
    const find = async (): Promise<workspaceKeys.WrappedKey | null> =>
      database.tenant(workspaceId, async (tx) => workspaceKeys.get(tx, keyId));
    return { id: keyId, key: await unwrapFound(rootKey, workspaceId, find) };
  };
  return {
    workspaceKey: async (workspaceId) =>
      cache.get(workspaceId, async () => {
        const { id } = await database.tenant(workspaceId, async (tx) => activeOrFirst(rootKey, tx, workspaceKeys.active));
        return read(workspaceId, id);
      }),
    workspaceKeyById: async (workspaceId, keyId) => cache.get(`${workspaceId}/${keyId}`, async () => read(workspaceId, keyId)),
    activeIn: async (tx) => {
      const held = await activeOrFirst(rootKey, tx, workspaceKeys.activeHeld);
      return cache.get(`${tx.workspaceId}/${held.id}`, async () => ({
        id: held.id,
        key: await unwrapFound(rootKey, tx.workspaceId, async () => held),
      }));
    },
    exchange: async (tx) => {
      const fresh = await freshKey(rootKey, tx.workspaceId);
      await workspaceKeys.exchange(tx, fresh);
      return { id: fresh.id, key: unwrap(rootKey, tx.workspaceId, fresh) };
    },
    close: () => unlisten?.(),
  };
}

async function activeOrFirst(
  rootKey: RootKey,
  tx: TenantTx,
  active: (tx: TenantTx) => Promise<workspaceKeys.WrappedKey | null>,
): Promise<workspaceKeys.WrappedKey> {
  const known = await active(tx);
  if (known !== null) return known;
  await workspaceKeys.addFirst(tx, await freshKey(rootKey, tx.workspaceId));
  const stored = await active(tx);
  if (stored === null) throw new InvariantError({ code: 'workspace_key_unknown', message: 'a workspace has no key' });
  return stored;
}

async function freshKey(rootKey: RootKey, workspaceId: WorkspaceId): Promise<workspaceKeys.WrappedKey> {
  const id = newId('key');
  const bytes = randomBytes(KEY_BYTES);
  const wrapped = wrapKey(rootKey, { workspaceId, id, key: createSecretKey(bytes) });
  bytes.fill(0);
  return { id, wrapped };
}

/** Binds a wrapped key to its place: moved to another workspace or id, it does not open. */
function placeOfKey(workspaceId: WorkspaceId, id: string): Uint8Array {
  return placeOf('workspace-key', workspaceId, id);
}

/** A workspace's key as the root key of now wraps it. */
export function wrapKey(rootKey: RootKey, of: WorkspaceKey & { readonly workspaceId: WorkspaceId }): Uint8Array {
  const bytes = of.key.export();
  try {
    return sealBytes(rootKey.key, placeOfKey(of.workspaceId, of.id), bytes);
  } finally {
    bytes.fill(0);
  }
}

/** Opens a stored key; while the root key is exchanged, whichever wrapping opens. @throws UserError `root_key_wrong` */
export function unwrap(rootKey: RootKey, workspaceId: WorkspaceId, stored: workspaceKeys.WrappedKey): KeyObject {
  const place = placeOfKey(workspaceId, stored.id);
  for (const wrapped of [stored.wrapped, stored.nextWrapped ?? null]) {
    for (const key of wrapped === null ? [] : [rootKey.key, ...rootKey.previous]) {
      const bytes = tryOpen(key, place, wrapped ?? new Uint8Array());
      if (bytes === null) continue;
      const opened = createSecretKey(bytes);
      bytes.fill(0);
      return opened;
    }
  }
  throw new UserError('unprocessable', {
    code: 'root_key_wrong',
    message: 'a stored key was wrapped by another root key, or was changed',
    hint: 'Put the root.key (or MILLWRIGHT_ROOT_KEY) back that this database was made with.',
  });
}

/** Whether the root key of now, and no older one, opens what is stored. */
export function isWrappedBy(rootKey: RootKey, workspaceId: WorkspaceId, stored: workspaceKeys.WrappedKey): boolean {
  const bytes = tryOpen(rootKey.key, placeOfKey(workspaceId, stored.id), stored.wrapped);
  bytes?.fill(0);
  return bytes !== null;
}

function tryOpen(key: KeyObject, place: Uint8Array, wrapped: Uint8Array): Buffer | null {
  try {
    return openBytes(key, place, wrapped);
  } catch (thrown) {
    if (thrown instanceof SealBroken) return null;
    throw thrown;
  }
}

/** Opens a key; where it does not, somebody may have exchanged the root key meanwhile: both are read again, once. */
async function unwrapFound(
  rootKey: RootKey,
  workspaceId: WorkspaceId,
  find: () => Promise<workspaceKeys.WrappedKey | null>,
): Promise<KeyObject> {
  const stored = await find();
  if (stored === null)
    throw new InvariantError({ code: 'workspace_key_unknown', message: 'data names a key that its workspace does not have' });
  try {
    return unwrap(rootKey, workspaceId, stored);
  } catch (thrown) {
    await rootKey.reload();
    const again = await find();
    if (again === null) throw thrown;
    return unwrap(rootKey, workspaceId, again);
  }
}

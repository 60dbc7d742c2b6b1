import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { InvariantError, newId, UserError, type WorkspaceId } from '@millwright/core';
import { workspaceKeys, type Database } from '@millwright/db';
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
}

const FORMAT = 1;
const NONCE_BYTES = 12;
const KEY_BYTES = 32;
const TAG_BYTES = 16;
/** Unwrapped keys kept; above it the oldest is read again when needed. */
const CACHE_SIZE = 10_000;

/** @param ports `rootKey` wraps the keys, `database` keeps them as the workspace's own rows */
export function createWorkspaceKeys(ports: { readonly rootKey: RootKey; readonly database: Pick<Database, 'tenant'> }): WorkspaceKeys {
  const { rootKey, database } = ports;
  const cache = new Map<string, Promise<WorkspaceKey>>();
  const cached = async (name: string, load: () => Promise<WorkspaceKey>): Promise<WorkspaceKey> => {
    const known = cache.get(name);
    if (known !== undefined) return known;
    const loading = load();
    cache.set(name, loading);
    const oldest = cache.size > CACHE_SIZE ? cache.keys().next().value : undefined;
    if (oldest !== undefined) cache.delete(oldest);
    // A failure is not kept: Postgres may be back for the next caller.
    loading.catch(() => {
      if (cache.get(name) === loading) cache.delete(name);
    });
    return loading;
  };

  return {
    workspaceKey: async (workspaceId) =>
      cached(workspaceId, async () => {
        const stored = await database.tenant(workspaceId, async (tx) => {
          const active = await workspaceKeys.active(tx);
          if (active !== null) return active;
          const id = newId('key');
          await workspaceKeys.addFirst(tx, { id, wrapped: wrap(rootKey, { workspaceId, id }) });
          return workspaceKeys.active(tx);
        });
        if (stored === null) throw new InvariantError({ code: 'workspace_key_unknown', message: 'a workspace has no key' });
        return { id: stored.id, key: unwrap(rootKey, { workspaceId, id: stored.id }, stored.wrapped) };
      }),
    workspaceKeyById: async (workspaceId, keyId) =>
      cached(`${workspaceId}/${keyId}`, async () => {
        const stored = await database.tenant(workspaceId, async (tx) => workspaceKeys.get(tx, keyId));
        if (stored === null)
          throw new InvariantError({ code: 'workspace_key_unknown', message: 'data names a key that its workspace does not have' });
        return { id: keyId, key: unwrap(rootKey, { workspaceId, id: keyId }, stored.wrapped) };
      }),
  };
}

interface KeyName {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
}

/** Binds a wrapped key to its place: moved to another workspace or id, it does not open. */
function boundTo(name: KeyName): Buffer {
  return Buffer.from(`millwright/workspace-key/${String(FORMAT)}\n${name.workspaceId}\n${name.id}`);
}

/** A new random key as it is stored: format, nonce, ciphertext, tag. */
function wrap(rootKey: RootKey, name: KeyName): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', rootKey.key, nonce).setAAD(boundTo(name));
  return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.update(randomBytes(KEY_BYTES)), cipher.final(), cipher.getAuthTag()]);
}

function unwrap(rootKey: RootKey, name: KeyName, wrapped: Uint8Array): KeyObject {
  const tagAt = 1 + NONCE_BYTES + KEY_BYTES;
  if (wrapped[0] !== FORMAT || wrapped.length !== tagAt + TAG_BYTES) {
    throw new InvariantError({ code: 'workspace_key_format', message: 'a stored key has an unknown format' });
  }
  const decipher = createDecipheriv('aes-256-gcm', rootKey.key, wrapped.subarray(1, 1 + NONCE_BYTES))
    .setAAD(boundTo(name))
    .setAuthTag(wrapped.subarray(tagAt));
  try {
    return createSecretKey(Buffer.concat([decipher.update(wrapped.subarray(1 + NONCE_BYTES, tagAt)), decipher.final()]));
  } catch (cause) {
    throw new UserError('unprocessable', {
      code: 'root_key_wrong',
      message: 'a stored key was wrapped by another root key, or was changed',
      hint: 'Put the root.key (or MILLWRIGHT_ROOT_KEY) back that this database was made with.',
      cause,
    });
  }
}

import { createSecretKey, randomBytes } from 'node:crypto';
import { InvariantError, type WorkspaceId } from '@millwright/core';
import type { SealedColumns, sealedRows, TenantTx } from '@millwright/db';
import { openBytes, placeOf, sealBytes, SealBroken } from '../keys/envelope.ts';
import type { WorkspaceKeys } from '../keys/workspace-keys.ts';

/** What a secret belongs to. It opens nowhere else. */
export interface SecretName {
  /** `cred_…`, a connector's key, or a state's hash. */
  readonly id: string;
  /** Of a credential its type, else the kind. */
  readonly type: string;
}

/** Seals and opens secrets: each under a data key of its own, made anew with every write, which the workspace's key wraps. */
export interface Vault {
  /** Seals under the active key of the transaction's workspace. @throws UserError `root_key_wrong` */
  readonly seal: (tx: TenantTx, name: SecretName, secret: unknown) => Promise<SealedColumns>;
  /** @throws InvariantError `secret_unreadable` where a row was moved, changed or cut; UserError `root_key_wrong` */
  readonly open: (workspaceId: WorkspaceId, name: SecretName, sealed: SealedColumns) => Promise<unknown>;
  /** The data key as another key of the workspace wraps it. @throws as `open` */
  readonly rewrap: (workspaceId: WorkspaceId, row: sealedRows.WrappedRow, keyId: string) => Promise<sealedRows.WrappedRow>;
}

const KEY_BYTES = 32;

/** Where a data key may be unwrapped: workspace, owner, type, and the key that wraps it. */
function placeOfDataKey(workspaceId: WorkspaceId, { id, type }: SecretName, keyId: string): Uint8Array {
  return placeOf('data-key', workspaceId, id, type, keyId);
}

/** Where a secret may be opened. */
function placeOfSecret(workspaceId: WorkspaceId, { id, type }: SecretName): Uint8Array {
  return placeOf('secret', workspaceId, id, type);
}

function unreadable(name: SecretName): InvariantError {
  return new InvariantError({
    code: 'secret_unreadable',
    message: 'a stored secret was moved, changed or cut',
    hint: 'Enter the secret again. If nobody restored a backup, somebody has changed the database.',
    details: { id: name.id },
  });
}

/** Makes the vault of one process. */
export function createVault(keys: WorkspaceKeys): Vault {
  return {
    seal: async (tx, name, secret) => {
      const wrapping = await keys.activeIn(tx);
      const dataKey = randomBytes(KEY_BYTES);
      const plain = Buffer.from(JSON.stringify(secret));
      try {
        return {
          keyId: wrapping.id,
          wrappedKey: sealBytes(wrapping.key, placeOfDataKey(tx.workspaceId, name, wrapping.id), dataKey),
          sealed: sealBytes(createSecretKey(dataKey), placeOfSecret(tx.workspaceId, name), plain),
        };
      } finally {
        dataKey.fill(0);
        plain.fill(0);
      }
    },
    open: async (workspaceId, name, { keyId, wrappedKey, sealed }) => {
      const { key } = await keys.workspaceKeyById(workspaceId, keyId);
      return reading(name, () => {
        const dataKey = openBytes(key, placeOfDataKey(workspaceId, name, keyId), wrappedKey);
        const plain = openBytes(createSecretKey(dataKey), placeOfSecret(workspaceId, name), sealed);
        dataKey.fill(0);
        try {
          return JSON.parse(plain.toString()) as unknown;
        } finally {
          plain.fill(0);
        }
      });
    },
    rewrap: async (workspaceId, row, keyId) => {
      const [old, next] = [await keys.workspaceKeyById(workspaceId, row.keyId), await keys.workspaceKeyById(workspaceId, keyId)];
      return reading(row, () => {
        const dataKey = openBytes(old.key, placeOfDataKey(workspaceId, row, row.keyId), row.wrappedKey);
        const wrappedKey = sealBytes(next.key, placeOfDataKey(workspaceId, row, keyId), dataKey);
        dataKey.fill(0);
        return { ...row, keyId, wrappedKey };
      });
    },
  };
}

function reading<T>(name: SecretName, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    throw thrown instanceof SealBroken ? unreadable(name) : thrown;
  }
}

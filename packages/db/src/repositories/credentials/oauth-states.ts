import type { CredentialId, UserId } from '@millwright/core';
import { firstOf, type TenantTx } from '../../queryable.ts';
import { bytes, toSealed, type SealedColumns, type SealedRow } from './sealed.ts';

/** A consent under way. */
export interface OauthState {
  readonly stateHash: string;
  readonly kind: 'code' | 'device';
  readonly credentialId: CredentialId;
  readonly userId: UserId;
  readonly sessionId: string;
  readonly sealed: SealedColumns;
}

interface Row extends SealedRow {
  readonly state_hash: string;
  readonly kind: 'code' | 'device';
  readonly credential_id: string;
  readonly user_id: string;
  readonly session_id: string;
  readonly expired: boolean;
  readonly used: boolean;
}

/** Begins one, good for some minutes; older ones of the same credential end, and what is long over goes. */
export async function begin(tx: TenantTx, state: OauthState, seconds: number): Promise<void> {
  await tx.query(
    `delete from oauth_states where workspace_id = $1 and (credential_id = $2 and used_at is null or expires_at < now() - interval '1 day')`,
    [tx.workspaceId, state.credentialId],
  );
  await tx.query(
    `insert into oauth_states (workspace_id, state_hash, kind, credential_id, user_id, session_id, key_id, wrapped_key, sealed, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + make_interval(secs => $10))`,
    [
      tx.workspaceId,
      state.stateHash,
      state.kind,
      state.credentialId,
      state.userId,
      state.sessionId,
      state.sealed.keyId,
      bytes(state.sealed.wrappedKey),
      bytes(state.sealed.sealed),
      seconds,
    ],
  );
}

/** What naming a state came to. */
export type TakenState = { readonly is: 'unknown' | 'foreign' | 'used' | 'expired' } | { readonly is: 'taken'; readonly state: OauthState };

/**
 * Takes a state, once, by the session that began it. A foreign one is not touched.
 * @param of.keep reads it without using it up: a device that is asked again
 */
export async function take(
  tx: TenantTx,
  of: { readonly stateHash: string; readonly kind: OauthState['kind']; readonly sessionId: string; readonly keep?: boolean },
): Promise<TakenState> {
  const row = firstOf(
    await tx.query<Row>(
      `select state_hash, kind, credential_id, user_id, session_id, key_id, wrapped_key, sealed, expires_at < now() as expired, used_at is not null as used
       from oauth_states where workspace_id = $1 and state_hash = $2 and kind = $3 for update`,
      [tx.workspaceId, of.stateHash, of.kind],
    ),
  );
  if (row === null) return { is: 'unknown' };
  if (row.session_id !== of.sessionId) return { is: 'foreign' };
  if (row.used) return { is: 'used' };
  if (row.expired) return { is: 'expired' };
  if (of.keep !== true) await spend(tx, of.stateHash);
  return {
    is: 'taken',
    state: {
      stateHash: row.state_hash,
      kind: row.kind,
      credentialId: row.credential_id,
      userId: row.user_id,
      sessionId: row.session_id,
      sealed: toSealed(row),
    },
  };
}

/** Uses a state up. */
export async function spend(tx: TenantTx, stateHash: string): Promise<void> {
  await tx.query('update oauth_states set used_at = now() where workspace_id = $1 and state_hash = $2', [tx.workspaceId, stateHash]);
}

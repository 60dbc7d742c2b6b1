import type { CredentialId, UserId } from '@millwright/core';
import { databaseCode } from '../../errors.ts';
import { firstOf, type TenantTx } from '../../queryable.ts';
import type { MemberRole } from '../members.ts';
import {
  FROM,
  SHOWN,
  toCredential,
  type Credential,
  type CredentialHealth,
  type CredentialRow,
  type StoredCredential,
} from './credential-row.ts';
import { credentialExists } from './refusals.ts';
import { bytes, toSealed, type SealedColumns } from './sealed.ts';

export type { Credential, CredentialHealth, StoredCredential } from './credential-row.ts';

/** Who looks, and as what. */
export interface Looker {
  readonly userId: UserId;
  readonly role: MemberRole;
  /** Sees and uses every credential of the workspace. */
  readonly isManager: boolean;
}

/** Whether the person of `$2`, `$3`, `$4` may use the credential `c`. */
const MAY_USE = `($4::boolean or c.owner_id = $2 or exists (select 1 from credential_grants g
  where g.workspace_id = c.workspace_id and g.credential_id = c.id
    and ((g.kind = 'user' and g.subject = $2) or (g.kind = 'role' and g.subject = $3))))`;

/** Credentials that somebody may use, by name. Those of others do not show, nor count. */
export async function list(tx: TenantTx, looker: Looker): Promise<readonly Credential[]> {
  const { rows } = await tx.query<CredentialRow>(`select ${SHOWN} ${FROM} and ${MAY_USE} order by lower(c.name), c.id`, [
    tx.workspaceId,
    looker.userId,
    looker.role,
    looker.isManager,
  ]);
  return rows.map(toCredential);
}

/** One that somebody may use; null where there is none, or she may not. */
export async function getFor(tx: TenantTx, credentialId: CredentialId, looker: Looker): Promise<Credential | null> {
  const row = firstOf(
    await tx.query<CredentialRow>(`select ${SHOWN} ${FROM} and ${MAY_USE} and c.id = $5`, [
      tx.workspaceId,
      looker.userId,
      looker.role,
      looker.isManager,
      credentialId,
    ]),
  );
  return row === null ? null : toCredential(row);
}

/** All of a connector's kinds, whoever has them; held until the transaction ends: for changing what follows from the connector. */
export async function holdOfConnector(tx: TenantTx, connectorKey: string): Promise<readonly Credential[]> {
  const { rows } = await tx.query<CredentialRow>(`select ${SHOWN} ${FROM} and starts_with(c.type, $2) order by c.id for update of c`, [
    tx.workspaceId,
    `${connectorKey}.`,
  ]);
  return rows.map(toCredential);
}

/** What choosing a credential in a node depends on. */
export interface UsableCredential {
  readonly type: string;
  readonly health: CredentialHealth;
}

/** Those credentials that somebody may use, of those named, by id. */
export async function usable(tx: TenantTx, ids: readonly string[], looker: Looker): Promise<ReadonlyMap<string, UsableCredential>> {
  const { rows } = await tx.query<UsableCredential & { readonly id: string }>(
    `select c.id, c.type, c.health from credentials c where c.workspace_id = $1 and ${MAY_USE} and c.id = any($5::text[])`,
    [tx.workspaceId, looker.userId, looker.role, looker.isManager, ids],
  );
  return new Map(rows.map(({ id, type, health }) => [id, { type, health }]));
}

/** One with its sealed secret, whoever asks: only for lending and changing. @param lock waits for whoever changes it, and keeps others from it */
export async function getSealed(
  tx: TenantTx,
  credentialId: CredentialId,
  lock: 'none' | 'change' = 'none',
): Promise<StoredCredential | null> {
  const row = firstOf(
    await tx.query<CredentialRow>(
      `select ${SHOWN}, c.key_id, c.wrapped_key, c.sealed ${FROM} and c.id = $2 ${lock === 'change' ? 'for update of c' : ''}`,
      [tx.workspaceId, credentialId],
    ),
  );
  return row === null ? null : { ...toCredential(row), sealed: toSealed(row) };
}

/** A credential that is made. */
export interface NewCredential {
  readonly id: CredentialId;
  readonly type: string;
  readonly name: string;
  readonly by: UserId;
  readonly hosts: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
  readonly secretFields: readonly string[];
  readonly health: CredentialHealth;
  /** When it ends by itself. Default: nobody knows. */
  readonly expiresAt?: Date | null;
  readonly renews: boolean;
  readonly sealed: SealedColumns;
}

/** @throws UserError `credential_exists` where another one has the name */
export async function create(tx: TenantTx, fresh: NewCredential): Promise<void> {
  await named(fresh.name, async () =>
    tx.query(
      `insert into credentials (workspace_id, id, type, name, owner_id, created_by, hosts, fields, secret_fields, health, renews, key_id, wrapped_key, sealed, expires_at)
       values ($1, $2, $3, $4, $5, $5, $6, $7::json, $8, $9, $10, $11, $12, $13, $14)`,
      [
        tx.workspaceId,
        fresh.id,
        fresh.type,
        fresh.name,
        fresh.by,
        [...fresh.hosts],
        JSON.stringify(fresh.fields),
        [...fresh.secretFields],
        fresh.health,
        fresh.renews,
        fresh.sealed.keyId,
        bytes(fresh.sealed.wrappedKey),
        bytes(fresh.sealed.sealed),
        fresh.expiresAt ?? null,
      ],
    ),
  );
}

async function named<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (thrown) {
    throw databaseCode(thrown) === '23505' ? credentialExists(name) : thrown;
  }
}

/** What a person changes of one that nobody needs a secret for. @throws UserError `credential_exists` */
export async function describe(
  tx: TenantTx,
  credentialId: CredentialId,
  change: { readonly name: string; readonly hosts: readonly string[]; readonly ownerId: UserId },
): Promise<void> {
  await named(change.name, async () =>
    tx.query(`update credentials set name = $3, hosts = $4, owner_id = $5, updated_at = now() where workspace_id = $1 and id = $2`, [
      tx.workspaceId,
      credentialId,
      change.name,
      [...change.hosts],
      change.ownerId,
    ]),
  );
}

/** A changed secret, and what follows from it. */
export interface SecretChange {
  readonly sealed: SealedColumns;
  readonly fields: Readonly<Record<string, string>>;
  readonly secretFields: readonly string[];
  readonly health: CredentialHealth;
  readonly account: string | null;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
  readonly renews: boolean;
  /** True: it was renewed, by us or by a person's consent. */
  readonly isRenewal: boolean;
}

/** Stores another secret; the generation goes up by one. */
export async function putSecret(tx: TenantTx, credentialId: CredentialId, change: SecretChange): Promise<void> {
  await tx.query(
    `update credentials set key_id = $3, wrapped_key = $4, sealed = $5, fields = $6::json, secret_fields = $7, health = $8, account = $9,
       scopes = $10, expires_at = $11, renews = $12, renewed_at = case when $13 then now() else renewed_at end, generation = generation + 1,
       health_code = null, health_text = null, health_at = now(), updated_at = now()
     where workspace_id = $1 and id = $2`,
    [
      tx.workspaceId,
      credentialId,
      change.sealed.keyId,
      bytes(change.sealed.wrappedKey),
      bytes(change.sealed.sealed),
      JSON.stringify(change.fields),
      [...change.secretFields],
      change.health,
      change.account,
      [...change.scopes],
      change.expiresAt,
      change.renews,
      change.isRenewal,
    ],
  );
}

/** What was seen of a credential's health. */
export interface HealthSeen {
  readonly health: CredentialHealth;
  readonly code: string | null;
  /** For people; never what a service answered to the letter. */
  readonly text: string | null;
  /** As the service names whose it is; absent leaves what is known. */
  readonly account?: string;
  /** Only where the secret is still this one: what is known of an older one says nothing. */
  readonly generation: number;
}

/** @returns whether it counted */
export async function putHealth(tx: TenantTx, credentialId: CredentialId, seen: HealthSeen): Promise<boolean> {
  const done = await tx.query(
    `update credentials set health = $3, health_code = $4, health_text = $5, health_at = now(), account = coalesce($6, account)
     where workspace_id = $1 and id = $2 and generation = $7`,
    [tx.workspaceId, credentialId, seen.health, seen.code, seen.text, seen.account ?? null, seen.generation],
  );
  return done.count > 0;
}

/** Notes that one was lent. */
export async function touch(tx: TenantTx, credentialId: CredentialId, at: Date): Promise<void> {
  await tx.query(
    `update credentials set last_used_at = $3 where workspace_id = $1 and id = $2 and (last_used_at is null or last_used_at < $3)`,
    [tx.workspaceId, credentialId, at],
  );
}

/** @returns false when there is none */
export async function remove(tx: TenantTx, credentialId: CredentialId): Promise<boolean> {
  return (await tx.query('delete from credentials where workspace_id = $1 and id = $2', [tx.workspaceId, credentialId])).count > 0;
}

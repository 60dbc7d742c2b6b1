import type { CredentialId, UserId } from '@millwright/core';
import type { MemberRole } from '../members.ts';
import type { SealedColumns, SealedRow } from './sealed.ts';

/** How a credential is doing, as its last use or test said. */
export type CredentialHealth = 'notConnected' | 'untested' | 'working' | 'failing' | 'needsReconnect';

/** A person as she is shown. */
interface Shown {
  readonly id: UserId;
  readonly name: string;
}

/** Everything about a credential that may be shown: no secret is in it. */
export interface Credential {
  readonly id: CredentialId;
  readonly type: string;
  readonly name: string;
  /** `name` is null when she has left the workspace. */
  readonly owner: { readonly id: UserId; readonly name: string | null };
  readonly hosts: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
  readonly secretFields: readonly string[];
  readonly account: string | null;
  readonly scopes: readonly string[];
  readonly health: CredentialHealth;
  readonly healthCode: string | null;
  readonly healthText: string | null;
  readonly healthAt: Date | null;
  readonly expiresAt: Date | null;
  readonly renews: boolean;
  readonly generation: number;
  readonly renewedAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly sharedWith: readonly Grant[];
}

/** Who else may use a credential. */
export type Grant = { readonly kind: 'user'; readonly user: Shown } | { readonly kind: 'role'; readonly role: MemberRole };

/** A credential with its secret, still sealed. */
export interface StoredCredential extends Credential {
  readonly sealed: SealedColumns;
}

/** A row as it is read. */
export interface CredentialRow extends SealedRow {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly owner_id: string;
  readonly owner_name: string | null;
  readonly hosts: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
  readonly secret_fields: readonly string[];
  readonly account: string | null;
  readonly scopes: readonly string[];
  readonly health: CredentialHealth;
  readonly health_code: string | null;
  readonly health_text: string | null;
  readonly health_at: Date | null;
  readonly expires_at: Date | null;
  readonly renews: boolean;
  readonly generation: number;
  readonly renewed_at: Date | null;
  readonly last_used_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly shared_with: readonly Grant[];
}

/** Columns of what may be shown, of `c` and its owner `o`. */
export const SHOWN = `c.id, c.type, c.name, c.owner_id, o.name as owner_name, c.hosts, c.fields, c.secret_fields, c.account, c.scopes, c.health,
  c.health_code, c.health_text, c.health_at, c.expires_at, c.renews, c.generation, c.renewed_at, c.last_used_at, c.created_at, c.updated_at,
  (select coalesce(json_agg(case g.kind
       when 'user' then json_build_object('kind', 'user', 'user', json_build_object('id', g.subject, 'name', coalesce(u.name, '')))
       else json_build_object('kind', 'role', 'role', g.subject) end order by g.kind desc, g.created_at, g.subject), '[]')
     from credential_grants g left join "user" u on g.kind = 'user' and u.id = g.subject
     where g.workspace_id = c.workspace_id and g.credential_id = c.id) as shared_with`;
/** Where they come from, in the workspace `$1`. */
export const FROM = `from credentials c left join "user" o on o.id = c.owner_id where c.workspace_id = $1`;

/** A row as what may be shown. */
export function toCredential(row: Omit<CredentialRow, keyof SealedRow>): Credential {
  return {
    id: row.id,
    type: row.type,
    name: row.name,
    owner: { id: row.owner_id, name: row.owner_name },
    hosts: row.hosts,
    fields: row.fields,
    secretFields: row.secret_fields,
    account: row.account,
    scopes: row.scopes,
    health: row.health,
    healthCode: row.health_code,
    healthText: row.health_text,
    healthAt: row.health_at,
    expiresAt: row.expires_at,
    renews: row.renews,
    generation: row.generation,
    renewedAt: row.renewed_at,
    lastUsedAt: row.last_used_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    sharedWith: row.shared_with,
  };
}

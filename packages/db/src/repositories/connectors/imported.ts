import type { JsonObject, UserId } from '@millwright/core';
import { firstOf, type Queryable, type TenantTx } from '../../queryable.ts';
import { WITH_TEXTS } from '../../workflow-texts.ts';

/** Says that a connector, or a version of one, was added, or one was hidden. */
export const CONNECTORS_CHANGED = 'imported_connectors';

/** Most versions of one connector: each is kept for good, and read by every process. */
export const MOST_VERSIONS = 100;

/** What a version was made of. */
export interface VersionSource {
  /** As `openapi-import` makes it. */
  readonly content: JsonObject;
  /** The address without its query, or the file's name. */
  readonly source: string;
  /** Where the service is, where somebody said so beside the description. */
  readonly baseUrl: string | null;
}

/** One version of a connector that was made of a description. */
export interface ImportedConnectorRow extends VersionSource {
  readonly key: string;
  readonly title: string;
  /** From 1. */
  readonly version: number;
  /** Not offered any more; what has its steps goes on. */
  readonly isRemoved: boolean;
}

/** One to be added. */
export interface NewConnector extends VersionSource {
  readonly key: string;
  readonly title: string;
  readonly by: UserId;
}

/** A version to be added. */
export interface NewVersion extends VersionSource {
  readonly key: string;
  readonly version: number;
  readonly by: UserId;
}

/** Adds one; it is heard of when the transaction is stored. @returns false when the key is taken */
export async function add(tx: TenantTx, { key, title, content, source, baseUrl, by }: NewConnector): Promise<boolean> {
  const { count } = await tx.query(
    `insert into imported_connectors (key, workspace_id, title, content, source, base_url, created_by) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (key) do nothing`,
    [key, tx.workspaceId, title, JSON.stringify(content), source, baseUrl, by],
  );
  if (count > 0) await tell(tx, key);
  return count > 0;
}

/** Adds a version beside the earlier ones; it is heard of when the transaction is stored. @returns false when there is one of that number */
export async function addVersion(tx: TenantTx, { key, version, content, source, baseUrl, by }: NewVersion): Promise<boolean> {
  const { count } = await tx.query(
    `insert into imported_connector_versions (key, version, workspace_id, content, source, base_url, created_by)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (key, version) do nothing`,
    [key, version, tx.workspaceId, JSON.stringify(content), source, baseUrl, by],
  );
  if (count > 0) await tell(tx, key);
  return count > 0;
}

/** Hides one of the workspace. @returns false when there is none */
export async function remove(tx: TenantTx, key: string): Promise<boolean> {
  const { count } = await tx.query(
    'update imported_connectors set removed_at = now() where workspace_id = $1 and key = $2 and removed_at is null',
    [tx.workspaceId, key],
  );
  if (count > 0) await tell(tx, key);
  return count > 0;
}

interface VersionRow {
  readonly key: string;
  readonly title: string;
  readonly version: number;
  readonly content: JsonObject;
  readonly source: string;
  readonly base_url: string | null;
  readonly is_removed: boolean;
}

const ALL_VERSIONS = `select c.key, c.title, v.version, v.content, v.source, v.base_url, c.removed_at is not null as is_removed, c.created_at
  from imported_connectors c cross join lateral (
    select 1 as version, c.content, c.source, c.base_url
    union all select version, content, source, base_url from imported_connector_versions where key = c.key) v`;

function toRow({ key, title, version, content, source, base_url: baseUrl, is_removed: isRemoved }: VersionRow): ImportedConnectorRow {
  return { key, title, version, content, source, baseUrl, isRemoved };
}

/** All versions of all connectors of the install, the oldest first: for processes that run and show steps. */
export async function all(db: Queryable): Promise<readonly ImportedConnectorRow[]> {
  const { rows } = await db.query<VersionRow>(`${ALL_VERSIONS} order by c.created_at, c.key, v.version`);
  return rows.map(toRow);
}

/** All versions of one connector that is offered, the oldest first; empty where there is none. */
export async function versionsOf(tx: TenantTx, key: string): Promise<readonly ImportedConnectorRow[]> {
  const { rows } = await tx.query<VersionRow>(
    `${ALL_VERSIONS} where c.workspace_id = $1 and c.key = $2 and c.removed_at is null order by v.version`,
    [tx.workspaceId, key],
  );
  return rows.map(toRow);
}

/**
 * Holds a connector that is offered until the transaction ends: nobody hides it meanwhile, nor adds a version.
 * @returns its newest version; null where there is none
 */
export async function holdNewest(tx: TenantTx, key: string): Promise<number | null> {
  const held = firstOf(
    await tx.query<{ key: string }>(
      'select key from imported_connectors where workspace_id = $1 and key = $2 and removed_at is null for update',
      [tx.workspaceId, key],
    ),
  );
  if (held === null) return null;
  // A statement of its own: it sees what was stored while this one waited.
  const newest = firstOf(
    await tx.query<{ version: number }>(
      'select coalesce(max(version), 1)::int as version from imported_connector_versions where workspace_id = $1 and key = $2',
      [tx.workspaceId, key],
    ),
  );
  return newest?.version ?? 1;
}

/** A workflow that has steps of a connector. */
export interface ConnectorUse {
  readonly workflowId: string;
  readonly name: string;
  readonly inDraft: boolean;
  /** Its live version has them. */
  readonly isLive: boolean;
}

/** Which drafts and live versions have steps of a connector; archived workflows left out. @param key letters and digits only */
export async function findUses(tx: TenantTx, key: string): Promise<readonly ConnectorUse[]> {
  const { rows } = await tx.query<{ id: string; name: string; in_draft: boolean; is_live: boolean }>(
    `${WITH_TEXTS}
     select id, name, bool_or(not live) as in_draft, bool_or(live) as is_live from texts
     where text ~ ('"type"\\s*:\\s*"' || $2 || '\\.') group by 1, 2 order by lower(name), id`,
    [tx.workspaceId, key],
  );
  return rows.map(({ id, name, in_draft: inDraft, is_live: isLive }) => ({ workflowId: id, name, inDraft, isLive }));
}

async function tell(tx: TenantTx, key: string): Promise<void> {
  await tx.query('select pg_notify($1, $2)', [CONNECTORS_CHANGED, key]);
}

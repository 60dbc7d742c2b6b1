import type { JsonObject, UserId } from '@millwright/core';
import type { Queryable, TenantTx } from '../../queryable.ts';
import { WITH_TEXTS } from '../../workflow-texts.ts';

/** Says that a connector was added or hidden. */
export const CONNECTORS_CHANGED = 'imported_connectors';

/** A connector that was made of a description. */
export interface ImportedConnectorRow {
  readonly key: string;
  readonly title: string;
  /** As `openapi-import` makes it. */
  readonly content: JsonObject;
  /** Not offered any more; what has its steps goes on. */
  readonly isRemoved: boolean;
}

/** One to be added. */
export interface NewConnector extends Omit<ImportedConnectorRow, 'isRemoved'> {
  /** The address without its query, or the file's name. */
  readonly source: string;
  readonly by: UserId;
}

/** Adds one; it is heard of when the transaction is stored. @returns false when the key is taken */
export async function add(tx: TenantTx, { key, title, content, source, by }: NewConnector): Promise<boolean> {
  const { count } = await tx.query(
    `insert into imported_connectors (key, workspace_id, title, content, source, created_by) values ($1, $2, $3, $4, $5, $6)
     on conflict (key) do nothing`,
    [key, tx.workspaceId, title, JSON.stringify(content), source, by],
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

/** All of the install, the oldest first: for processes that run and show steps. */
export async function all(db: Queryable): Promise<readonly ImportedConnectorRow[]> {
  const { rows } = await db.query<{ key: string; title: string; content: JsonObject; is_removed: boolean }>(
    'select key, title, content, removed_at is not null as is_removed from imported_connectors order by created_at, key',
  );
  return rows.map(({ is_removed: isRemoved, ...row }) => ({ ...row, isRemoved }));
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

import type { JsonObject, JsonValue, UserId } from '@millwright/core';
import type { WorkflowDocument } from '@millwright/workflow';
import { firstOf, type ExecutorDb, type TenantTx } from '../../queryable.ts';

/** A value that expressions of the workspace read as `$vars.key`. */
export interface Variable {
  readonly key: string;
  readonly value: JsonValue;
  /** Of key and value as JSON. */
  readonly sizeBytes: number;
  readonly updatedBy: { readonly id: UserId; readonly name: string } | null;
  readonly updatedAt: Date;
}

interface Row {
  readonly key: string;
  /** As an object with one field, since `null` and `false` are values too. */
  readonly held: { readonly value: JsonValue };
  readonly size_bytes: number;
  readonly by_id: string | null;
  readonly by_name: string | null;
  readonly updated_at: Date;
}

const SELECT = `select v.key, json_build_object('value', v.value) as held, v.size_bytes, u.id as by_id, u.name as by_name, v.updated_at
  from variables v left join "user" u on u.id = v.updated_by
  where v.workspace_id = $1 and v.scope = 'workspace'`;

function toVariable(row: Row): Variable {
  return {
    key: row.key,
    value: row.held.value,
    sizeBytes: row.size_bytes,
    updatedBy: row.by_id === null || row.by_name === null ? null : { id: row.by_id, name: row.by_name },
    updatedAt: row.updated_at,
  };
}

/** Every variable of the workspace, by key. */
export async function list(tx: TenantTx): Promise<readonly Variable[]> {
  return (await tx.query<Row>(`${SELECT} order by lower(v.key), v.key`, [tx.workspaceId])).rows.map(toVariable);
}

/** The keys of the workspace. */
export async function keys(tx: TenantTx): Promise<readonly string[]> {
  const { rows } = await tx.query<{ key: string }>(
    `select key from variables where workspace_id = $1 and scope = 'workspace' order by key`,
    [tx.workspaceId],
  );
  return rows.map(({ key }) => key);
}

/** One variable; null where there is none. */
export async function get(tx: TenantTx, key: string): Promise<Variable | null> {
  const row = firstOf(await tx.query<Row>(`${SELECT} and v.key = $2`, [tx.workspaceId, key]));
  return row === null ? null : toVariable(row);
}

/** How much the workspace has, but for one key. Writers of one workspace come one at a time from here to the end of the transaction. */
export async function others(tx: TenantTx, key: string): Promise<{ readonly count: number; readonly sizeBytes: number }> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('millwright:variables'), hashtext($1))`, [tx.workspaceId]);
  const row = firstOf(
    await tx.query<{ count: number; size: number }>(
      `select count(*)::int as count, coalesce(sum(size_bytes), 0)::int as size from variables where workspace_id = $1 and key <> $2`,
      [tx.workspaceId, key],
    ),
  );
  return { count: row?.count ?? 0, sizeBytes: row?.size ?? 0 };
}

/** Sets a variable, there or not. */
export async function put(
  tx: TenantTx,
  variable: { readonly key: string; readonly value: JsonValue; readonly sizeBytes: number; readonly by: UserId },
): Promise<void> {
  await tx.query(
    `insert into variables (workspace_id, key, value, size_bytes, updated_by) values ($1, $2, $3::json, $4, $5)
     on conflict (workspace_id, scope, key) do update
     set value = excluded.value, size_bytes = excluded.size_bytes, updated_by = excluded.updated_by, updated_at = now()`,
    [tx.workspaceId, variable.key, JSON.stringify(variable.value), variable.sizeBytes, variable.by],
  );
}

/** @returns false when there is no such variable */
export async function remove(tx: TenantTx, key: string): Promise<boolean> {
  const removed = await tx.query(`delete from variables where workspace_id = $1 and scope = 'workspace' and key = $2`, [
    tx.workspaceId,
    key,
  ]);
  return removed.count > 0;
}

/**
 * Values of some variables; those that are not there are left out.
 * @param of.keys `*` among them: all
 */
export async function values(
  db: ExecutorDb | TenantTx,
  of: { readonly workspaceId: string; readonly keys: readonly string[] },
): Promise<JsonObject> {
  const { rows } = await db.query<Pick<Row, 'key' | 'held'>>(
    `select key, json_build_object('value', value) as held from variables
     where workspace_id = $1 and scope = 'workspace' and ($3 or key = any($2::text[])) order by key`,
    [of.workspaceId, of.keys, of.keys.includes('*')],
    'variable_values',
  );
  return Object.fromEntries(rows.map(({ key, held }) => [key, held.value]));
}

/** A workflow whose draft or live version may mention variables. */
export interface MentioningWorkflow {
  readonly id: string;
  readonly name: string;
  /** Null where its text does not hold `$vars` or `$env`. */
  readonly draft: WorkflowDocument | null;
  /** What the plan of its live version mentions. */
  readonly live: { readonly vars: readonly string[]; readonly env: readonly string[] } | null;
}

/** Workflows that may mention variables or environment names, archived ones left out, by name. */
export async function mentioning(tx: TenantTx, limit: number): Promise<readonly MentioningWorkflow[]> {
  const { rows } = await tx.query<MentioningWorkflow>(
    `select * from (
       select w.id, w.name, case when d.document::text like '%$vars%' or d.document::text like '%$env%' then d.document end as draft,
         p.skeleton -> 'mentions' as live
       from workflows w
         left join drafts d on d.workspace_id = w.workspace_id and d.workflow_id = w.id
         left join workflow_versions v on v.workspace_id = w.workspace_id and v.id = w.live_version_id
         left join plans p on p.workspace_id = v.workspace_id and p.plan_hash = v.plan_hash
       where w.workspace_id = $1 and w.archived_at is null) found
     where draft is not null or live is not null order by lower(name), id limit $2`,
    [tx.workspaceId, limit],
  );
  return rows;
}

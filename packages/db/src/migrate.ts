import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { InvariantError, TransientError, UserError } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import { asDatabaseError } from './errors.ts';
import { DATABASE_ROLES, ensureRoles, quoteName, roleName, type RolePassword } from './roles.ts';

const FOLDER = new URL('../migrations/', import.meta.url);

/** One numbered file of SQL. */
interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** Which database, and what its roles' passwords are. */
export interface MigrateOptions {
  /** Owner of the schema; may create roles. */
  readonly url: string;
  readonly rolePassword: RolePassword;
}

/** Days ahead for which partitions exist after a migration. */
const DAYS_AHEAD = 7;

/**
 * The migrations of this build, in order. A number may be left out: it belongs to a change that is not merged yet.
 * @throws InvariantError when a file has no number of its own
 */
export async function listMigrations(): Promise<readonly Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).toSorted();
  return Promise.all(
    names.map(async (name, index) => {
      const number = Number(name.slice(0, 4));
      const before = Number(names[index - 1]?.slice(0, 4) ?? 0);
      if (!(number > before))
        throw new InvariantError({ code: 'migration_numbers', message: `migration ${name} needs a number above ${String(before)}` });
      const sql = (await readFile(new URL(name, FOLDER), 'utf8')).replaceAll('\r\n', '\n');
      return { number, name, sql, checksum: hashHex(sql) };
    }),
  );
}

/**
 * Brings a database to the schema of this build: roles, then every migration that is missing, each in its own transaction.
 * Safe to repeat, and to run from several processes at once (an advisory lock lets one go first). Never goes back.
 * @throws UserError `migration_changed` when an applied file differs, `database_newer` when the database is ahead of this build
 * @throws TransientError `database_unavailable`
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  const migrations = await listMigrations();
  const client = new pg.Client({ connectionString: options.url, connectionTimeoutMillis: 10_000, application_name: 'millwright-migrate' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`select pg_advisory_lock(hashtext('millwright:migrate'))`);
    const database = await currentDatabase(client);
    await client.query(
      'create table if not exists migrations (number integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())',
    );
    const applied = await appliedMigrations(client);
    checkApplied(migrations, applied);
    await inTransaction(client, async () => ensureRoles(client, database, options.rolePassword));
    const known = new Set(applied.map(({ number }) => number));
    for (const migration of migrations.filter(({ number }) => !known.has(number))) await apply(client, migration, database);
    await inTransaction(client, async () => grantMigrations(client, database));
  } catch (thrown) {
    throw asDatabaseError(thrown);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Checks that a database has exactly the migrations of this build.
 * @throws TransientError `migrations_pending` otherwise
 */
export function checkAtHead(migrations: readonly Migration[], applied: number): void {
  if (applied >= migrations.length) return;
  throw new TransientError({
    code: 'migrations_pending',
    message: `the database is at migration ${String(applied)} of ${String(migrations.length)}`,
    hint: 'Run the migrations, then start again.',
  });
}

async function currentDatabase(client: pg.Client): Promise<string> {
  const result = await client.query<{ name: string }>('select current_database() as name');
  return result.rows[0]?.name ?? '';
}

async function appliedMigrations(client: pg.Client): Promise<readonly { readonly number: number; readonly checksum: string }[]> {
  const result = await client.query<{ number: number; checksum: string }>('select number, checksum from migrations order by number');
  return result.rows;
}

function checkApplied(migrations: readonly Migration[], applied: readonly { readonly number: number; readonly checksum: string }[]): void {
  for (const row of applied) {
    const known = migrations.find(({ number }) => number === row.number);
    if (known === undefined) {
      throw new UserError('conflict', {
        code: 'database_newer',
        message: `the database has migration ${String(row.number)}, which this build does not know`,
        hint: 'The database was used by a newer version. Start that version, or restore a backup from before the upgrade.',
      });
    }
    if (known.checksum !== row.checksum) {
      throw new UserError('conflict', {
        code: 'migration_changed',
        message: `migration ${known.name} was applied with another content`,
        hint: 'Put the original file back; write a new migration for the change.',
      });
    }
  }
}

async function apply(client: pg.Client, migration: Migration, database: string): Promise<void> {
  let sql = migration.sql;
  for (const role of DATABASE_ROLES) sql = sql.replaceAll(`{{${role}}}`, quoteName(roleName(database, role)));
  await inTransaction(client, async () => {
    await client.query(sql);
    await client.query('insert into migrations (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
  });
}

async function grantMigrations(client: pg.Client, database: string): Promise<void> {
  for (const role of DATABASE_ROLES) await client.query(`grant select on migrations to ${quoteName(roleName(database, role))}`);
  for (let ahead = -1; ahead <= DAYS_AHEAD; ahead++) {
    await client.query(`select ensure_attempts_partition((now() at time zone 'UTC')::date + $1::int)`, [ahead]);
  }
}

async function inTransaction(client: pg.Client, body: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await body();
    await client.query('commit');
  } catch (thrown) {
    await client.query('rollback').catch(() => undefined);
    throw thrown;
  }
}

import { getTableColumns, is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { listMigrations, migrate } from './migrate.ts';
import { DATABASE_ROLES, roleName } from './roles.ts';
import * as schema from './schema/index.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

describe('migrations', () => {
  let first: TestDatabase;
  let second: TestDatabase;
  let admin: pg.Client;

  beforeAll(async () => {
    [first, second] = await Promise.all([
      createTestDatabase(inject('adminUrl'), { migrated: false }),
      createTestDatabase(inject('adminUrl'), { migrated: false }),
    ]);
    admin = new pg.Client({ connectionString: first.url });
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await Promise.all([first.drop(), second.drop()]);
  });

  it('several processes migrate two databases of one cluster at once, and every one succeeds', async () => {
    await Promise.all([first, second, first, second, first].map(async (database) => migrate(database)));
    const rows = await admin.query<{ number: number }>('select number from migrations order by number');
    expect(rows.rows.map((row) => row.number)).toEqual((await listMigrations()).map(({ number }) => number));
  });

  it('a second migration changes nothing', async () => {
    const before = await admin.query('select * from migrations order by number');
    await migrate(first);
    const after = await admin.query('select * from migrations order by number');
    expect(after.rows).toEqual(before.rows);
  });

  it('the Drizzle schema has exactly the columns of the migrated database', async () => {
    const result = await admin.query<{ name: string; column: string; nullable: boolean }>(
      `select c.relname as name, a.attname as column, not a.attnotnull as nullable
       from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped`,
    );
    const inDatabase = result.rows.map((row) => `${row.name}.${row.column}${row.nullable ? '?' : ''}`).toSorted();
    const inSchema = Object.values(schema)
      .filter((table) => is(table, PgTable))
      .flatMap((table) => {
        const keys = new Set(getTableConfig(table).primaryKeys.flatMap((key) => key.columns.map((column) => column.name)));
        return Object.values(getTableColumns(table)).map(
          (column) => `${getTableConfig(table).name}.${column.name}${column.notNull || column.primary || keys.has(column.name) ? '' : '?'}`,
        );
      })
      .toSorted();
    expect(inSchema).toEqual(inDatabase);
  });

  it('an applied migration whose file changed is refused, and so is a database of a newer build', async () => {
    await admin.query(`update migrations set checksum = 'x' || checksum where number = 2`);
    await expect(migrate(first)).rejects.toMatchObject({ code: 'migration_changed' });
    await admin.query('update migrations set checksum = substr(checksum, 2) where number = 2');
    await admin.query(`insert into migrations (number, name, checksum) values (9999, '9999_next.sql', 'x')`);
    await expect(migrate(first)).rejects.toMatchObject({ code: 'database_newer' });
    await admin.query('delete from migrations where number = 9999');
    await migrate(first);
  });

  it('a new root key changes the roles’ passwords', async () => {
    await migrate({ url: first.url, rolePassword: (role) => `new-${role}` });
    const old = await first.open();
    await expect(old.ready()).rejects.toMatchObject({ code: 'database_unavailable' });
    await migrate(first);
    await old.ready();
  });

  it('no role can bypass row-level security, create anything or own a table', async () => {
    const names = DATABASE_ROLES.map((role) => roleName(first.name, role));
    const roles = await admin.query(
      'select 1 from pg_roles where rolname = any($1) and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolinherit)',
      [names],
    );
    const owned = await admin.query('select 1 from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = any($1)', [names]);
    expect([roles.rowCount, owned.rowCount]).toEqual([0, 0]);
    for (const role of names) {
      const can = await admin.query<{ can: boolean }>(`select has_schema_privilege($1, 'public', 'create') as can`, [role]);
      expect(can.rows[0]?.can).toBe(false);
    }
  });

  it('database names of any length give role names that Postgres does not cut', () => {
    for (const role of DATABASE_ROLES) expect(Buffer.byteLength(roleName('x'.repeat(63), role))).toBeLessThanOrEqual(63);
  });
});

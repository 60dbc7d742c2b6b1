import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { newId } from '@millwright/core';
import type { RunHeader } from '@millwright/workflow';
import { openDatabase, type Database, type OpenOptions } from './database.ts';
import { migrate } from './migrate.ts';
import { DATABASE_ROLES, quoteName, roleName, type RolePassword } from './roles.ts';

/** A database of its own on a shared cluster. */
export interface TestDatabase {
  /** As the migrator. */
  readonly url: string;
  readonly name: string;
  readonly rolePassword: RolePassword;
  /** Opens it; closed by `drop` when the test did not. */
  readonly open: (options?: Pick<OpenOptions, 'log' | 'poolMax'>) => Promise<Database>;
  /** Whether it takes nobody in; who is in it is thrown out. */
  readonly setAway: (isAway: boolean) => Promise<void>;
  /** Ends every client, drops the database and its roles. */
  readonly drop: () => Promise<void>;
}

/** Runs statements as the cluster's administrator. */
async function asAdmin(adminUrl: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * Creates an empty database with the schema of this build.
 * @param adminUrl a database that always exists; its user may create databases and roles
 * @param options `migrated` false leaves it without schema and roles; default true
 */
export async function createTestDatabase(adminUrl: string, options: { readonly migrated?: boolean } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  // From template0: nobody is connected to that, so databases can be made side by side.
  await asAdmin(adminUrl, [`create database ${quoteName(name)} template template0 encoding 'UTF8'`]);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const rolePassword: RolePassword = (role) => `${name}-${role}`;
  if (options.migrated ?? true) await migrate({ url: url.href, rolePassword });
  const opened: Database[] = [];
  return {
    url: url.href,
    name,
    rolePassword,
    open: async (openOptions) => {
      const database = await openDatabase({ url: url.href, rolePassword, ...openOptions });
      opened.push(database);
      return database;
    },
    setAway: async (isAway) =>
      asAdmin(adminUrl, [
        `alter database ${quoteName(name)} connection limit ${isAway ? '0' : '-1'}`,
        ...(isAway ? [`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`] : []),
      ]),
    drop: async () => {
      await Promise.all(opened.map(async (database) => database.close().catch(() => undefined)));
      await asAdmin(adminUrl, [
        `drop database if exists ${quoteName(name)} with (force)`,
        ...DATABASE_ROLES.map((role) => `drop role if exists ${quoteName(roleName(name, role))}`),
      ]);
    },
  };
}

/** A run's header for tests, in a workspace and of a workflow that need not exist. */
export function testHeader(overrides: Partial<RunHeader> = {}): RunHeader {
  return {
    workspaceId: newId('workspace'),
    runId: newId('run'),
    workflowId: newId('workflow'),
    workflowName: 'Test',
    versionId: newId('version'),
    planHash: 'plan',
    triggerNodeId: 'hook',
    mode: 'webhook',
    originDay: new Date().toISOString().slice(0, 10),
    startedAtMs: Date.now(),
    save: 'all',
    reply: 'none',
    ...overrides,
  };
}

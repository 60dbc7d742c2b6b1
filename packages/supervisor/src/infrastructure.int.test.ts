import { stat } from 'node:fs/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger, Secret } from '@millwright/platform';
import { ensureNamespace } from '@millwright/temporal-server';
import { temporaryFolder, untilNothingRuns } from './testing/fixture.ts';
import { startInfrastructure, type Infrastructure } from './infrastructure.ts';

const log = createLogger({ level: 'silent', name: 'test' });
const env = process.env;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let infrastructure: Infrastructure;

beforeAll(async () => {
  folder = await temporaryFolder();
  infrastructure = await startInfrastructure({ dataDir: folder.path, log, env });
});
afterAll(async () => {
  await infrastructure.stop();
  await untilNothingRuns(folder.path);
  await folder.remove();
});

async function ask(sql: string, database?: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const url = new URL(infrastructure.adminUrl);
  if (database !== undefined) url.pathname = `/${database}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('PostgreSQL', () => {
  it('is version 18, durable, and lets nobody in without the password', async () => {
    expect(await ask('SHOW server_version')).toEqual([{ server_version: expect.stringMatching(/^18\./) }]);
    expect(await ask('SHOW fsync')).toEqual([{ fsync: 'on' }]);
    const url = new URL(infrastructure.databaseUrl);
    url.password = 'wrong';
    const client = new Client({ connectionString: url.href });
    await expect(client.connect()).rejects.toMatchObject({ code: '28P01' });
  });

  it('is asked through a socket that nobody else may reach, by us and by Temporal, and by TCP too', async () => {
    const address = new URL(infrastructure.databaseUrl);
    const socketFolder = String(address.searchParams.get('host'));
    expect((await stat(socketFolder)).mode & 0o777).toBe(0o700);
    const clients = await ask(`SELECT datname, client_addr IS NULL AS is_socket, count(*)::int FROM pg_stat_activity
      WHERE backend_type = 'client backend' AND datname LIKE 'temporal%' GROUP BY 1, 2 ORDER BY 1`);
    expect(clients).toEqual([
      { datname: 'temporal', is_socket: true, count: expect.any(Number) },
      { datname: 'temporal_visibility', is_socket: true, count: expect.any(Number) },
    ]);
    address.searchParams.delete('host');
    const byTcp = new Client({ connectionString: address.href });
    await byTcp.connect();
    await byTcp.end();
    expect(address.hostname).toBe('127.0.0.1');
  });

  it('holds the three databases', async () => {
    const names = (await ask('SELECT datname FROM pg_database')).map(({ datname }) => datname);
    expect(names).toEqual(expect.arrayContaining(['millwright', 'temporal', 'temporal_visibility']));
  });
});

describe('Temporal', () => {
  it('has a visibility database with two secondary indexes only and no column that is computed, which commits without waiting for the disk', async () => {
    const indexes = await ask(
      `SELECT indexname FROM pg_indexes WHERE tablename = 'executions_visibility' ORDER BY 1`,
      'temporal_visibility',
    );
    expect(indexes.map(({ indexname }) => indexname)).toEqual(['by_workflow_id', 'default_idx', 'executions_visibility_pkey']);
    expect(
      await ask(
        `SELECT attname FROM pg_attribute WHERE attrelid = 'executions_visibility'::regclass AND attgenerated = 's'`,
        'temporal_visibility',
      ),
    ).toEqual([]);
    expect(await ask('SHOW synchronous_commit', 'temporal_visibility')).toEqual([{ synchronous_commit: 'off' }]);
    expect(await ask('SHOW synchronous_commit', 'temporal')).toEqual([{ synchronous_commit: 'on' }]);
  });

  it('has the namespace, with four shards behind it', async () => {
    await ensureNamespace(infrastructure.temporalAddress, { timeoutMs: 5_000 });
    expect(await ask(`SELECT count(*)::int AS found FROM namespaces WHERE name = 'millwright'`, 'temporal')).toEqual([{ found: 1 }]);
    expect(await ask('SELECT max(shard_id)::int AS last FROM shards', 'temporal')).toEqual([{ last: 4 }]);
  });
});

describe('servers that are there already', () => {
  it('are used: nothing of that kind is started', async () => {
    const other = await temporaryFolder();
    const second = await startInfrastructure({
      dataDir: other.path,
      log,
      env,
      databaseUrl: new Secret(infrastructure.databaseUrl),
      temporalAddress: infrastructure.temporalAddress,
    });
    expect(second.pids()).toEqual({});
    expect(second.databaseUrl).toBe(infrastructure.databaseUrl);
    await second.stop();
    await other.remove();
  });

  it('may be a database server only: Temporal then lives beside our database, under its name', async () => {
    await ask('CREATE DATABASE another');
    const other = await temporaryFolder();
    const url = new URL(infrastructure.adminUrl);
    url.pathname = '/another';
    const second = await startInfrastructure({ dataDir: other.path, log, env, databaseUrl: new Secret(url.href) });
    expect(Object.keys(second.pids())).toEqual(['temporal']);
    const names = (await ask('SELECT datname FROM pg_database')).map(({ datname }) => datname);
    expect(names).toEqual(expect.arrayContaining(['another_temporal', 'another_temporal_visibility']));
    await second.stop();
    await untilNothingRuns(other.path);
    await other.remove();
  });

  it('are named when they do not answer', async () => {
    const other = await temporaryFolder();
    const start = startInfrastructure({ dataDir: other.path, log, env, databaseUrl: new Secret('nonsense') });
    await expect(start).rejects.toMatchObject({ code: 'database_url_invalid' });
    await other.remove();
  });
});

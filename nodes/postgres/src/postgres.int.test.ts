import { randomUUID } from 'node:crypto';
import { ConnectorError, UserError, type ActionDefinition, type JsonObject } from '@millwright/node-sdk';
import { startTcpProxy, testCluster, type TcpProxy } from '@millwright/testing';
import { socketBench, type SocketBench } from '@millwright/testing/sockets';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import nodePackage from './index.ts';
import { credentialType } from './server.ts';

const database = `node_postgres_${randomUUID().slice(0, 8)}`;
let admin: pg.Client;
let owner: pg.Client;
let fields: Readonly<Record<string, string>>;
let bench: SocketBench;
let proxy: TcpProxy;

function node(type: string): ActionDefinition {
  const found = nodePackage.nodes.find(({ info }) => info.type === `postgres.${type}`);
  if (found?.kind !== 'action') throw new Error(`no ${type}`);
  return found;
}

async function failureOf(
  on: SocketBench,
  type: string,
  parameters: JsonObject,
  key: string | null = 'k',
): Promise<ConnectorError | UserError> {
  const outcome: unknown = await on.run(node(type), parameters, key).catch((thrown: unknown) => thrown);
  if (outcome instanceof ConnectorError || outcome instanceof UserError) return outcome;
  throw new Error(`expected a failure of ours, got ${JSON.stringify(outcome)} ${String(outcome)}`);
}

const TABLE = { table: 'people' };

beforeAll(async () => {
  const url = new URL(testCluster().adminUrl);
  admin = new pg.Client(url.href);
  await admin.connect();
  await admin.query(`CREATE ROLE ${database} LOGIN PASSWORD 'canary-secret'`);
  await admin.query(`CREATE DATABASE ${database} OWNER ${database}`);
  const at = new URL(url);
  at.pathname = `/${database}`;
  owner = new pg.Client(at.href);
  await owner.connect();
  proxy = await startTcpProxy(`${url.hostname}:${url.port}`);
  fields = { host: '127.0.0.1', port: String(proxy.port), database, username: database, password: 'canary-secret', security: 'none' };
  bench = socketBench({ type: credentialType, fields });
});
afterAll(async () => {
  await owner?.end();
  await admin?.query(`DROP DATABASE ${database} WITH (FORCE)`);
  await admin?.query(`DROP ROLE ${database}`);
  await admin?.end();
  await proxy?.close();
});
beforeEach(async () => {
  await owner.query(`RESET ROLE; DROP TABLE IF EXISTS public.people; CREATE TABLE public.people (
    id int PRIMARY KEY, name text, "odd ""col" text, tags jsonb, words text[], big int8, price numeric(30, 10), born date, seen timestamptz, ok bool, raw bytea, ratio float8);
    ALTER TABLE public.people OWNER TO ${database};
    INSERT INTO public.people (id, name) VALUES (1, 'Ada'), (2, 'Grace'), (3, NULL)`);
});

describe('rows', () => {
  it('come as JSON that loses nothing: exact decimals and large numbers as text, instants with their zone', async () => {
    await owner.query(`UPDATE people SET big = 9007199254740993, price = 0.1000000001, born = '2026-02-28', seen = '2026-11-21 10:00:00.123456+02',
      ok = true, raw = '\\xdeadbeef', ratio = 'NaN', tags = '[{"a": 1}]', words = '{x,"y z"}' WHERE id = 1`);
    const [row] = await bench.run(node('select'), { ...TABLE, where: [{ name: 'id', value: 1 }] });
    expect(row).toMatchObject({
      id: 1,
      big: '9007199254740993',
      price: '0.1000000001',
      born: '2026-02-28',
      ok: true,
      raw: '3q2+7w==',
      ratio: 'NaN',
    });
    expect(row).toMatchObject({ tags: [{ a: 1 }], words: ['x', 'y z'] });
    const { seen } = row as { readonly seen: string };
    expect(Date.parse(seen)).toBe(Date.parse('2026-11-21T08:00:00.123Z'));
    expect(seen).toMatch(/\.123456[+-]\d\d:\d\d$/);
  });

  it('are chosen by value, null and lists, sorted and cut', async () => {
    const get = async (parameters: JsonObject) =>
      (await bench.run(node('select'), { ...TABLE, columns: ['id'], orderBy: 'id', ...parameters })) as readonly { id: number }[];
    const ids = async (parameters: JsonObject) => (await get(parameters)).map(({ id }) => id);
    expect(await ids({ where: [{ name: 'name', value: null }] })).toEqual([3]);
    expect(await ids({ where: [{ name: 'id', value: [1, 3] }] })).toEqual([1, 3]);
    expect(await ids({ where: [{ name: 'id', value: [] }] })).toEqual([]);
    expect(await ids({ descending: true, limit: 2, offset: 1 })).toEqual([2, 1]);
  });

  it('are written together, with JSON, lists and defaults where they belong', async () => {
    const rows = [
      { id: 10, tags: [1, { a: null }], words: ['a', 'b'] },
      { id: 11, name: "Robert'); DROP TABLE people;--", 'odd "col': 'x' },
    ];
    const written = await bench.run(node('insert'), { ...TABLE, rows }, 'k');
    expect(written).toMatchObject([
      { id: 10, tags: [1, { a: null }], words: ['a', 'b'] },
      { id: 11, name: "Robert'); DROP TABLE people;--", 'odd "col': 'x' },
    ]);
    const failed = await failureOf(bench, 'insert', { ...TABLE, rows: [{ id: 12 }, { id: 1 }] });
    expect(failed).toMatchObject({ kind: 'permanent', code: 'postgres_23505', details: { sent: false, constraint: 'people_pkey' } });
    expect((await owner.query('SELECT 1 FROM people WHERE id = 12')).rowCount).toBe(0);
    expect(await bench.run(node('insert'), { ...TABLE, rows: { id: 1, name: 'X' }, onConflict: 'skip' }, 'k')).toEqual([]);
  });

  it('are inserted or updated by the columns that match', async () => {
    const rows = [
      { id: 1, name: 'Ada L.' },
      { id: 20, name: 'New' },
    ];
    expect(await bench.run(node('upsert'), { ...TABLE, rows, match: ['id'] }, 'k')).toMatchObject(rows);
    expect(await bench.run(node('upsert'), { ...TABLE, rows: { id: 1 }, match: ['id'] }, 'k')).toMatchObject([{ id: 1, name: 'Ada L.' }]);
  });

  it('are changed and deleted where they fit; all of them only by consent', async () => {
    expect(await bench.run(node('update'), { ...TABLE, values: { name: 'G' }, where: [{ name: 'id', value: 2 }] }, 'k')).toMatchObject([
      { id: 2, name: 'G' },
    ]);
    expect(await bench.run(node('delete'), { ...TABLE, where: [{ name: 'id', value: 2 }] }, 'k')).toMatchObject([{ id: 2 }]);
    for (const [type, values] of [
      ['update', { values: { name: 'x' } }],
      ['delete', {}],
    ] as const)
      expect(await failureOf(bench, type, { ...TABLE, ...values })).toMatchObject({
        code: 'postgres_where_missing',
        details: { sent: false },
      });
    expect(await bench.run(node('delete'), { ...TABLE, allRows: true }, 'k')).toHaveLength(2);
  });

  it.each([
    ['select', { table: 'nobody' }, 'postgres_table_unknown'],
    ['select', { table: 'people"; DROP TABLE people; --' }, 'postgres_table_unknown'],
    ['select', { ...TABLE, orderBy: 'id; DROP TABLE people' }, 'postgres_column_unknown'],
    ['insert', { ...TABLE, rows: { 'id") VALUES (9); --': 1 } }, 'postgres_column_unknown'],
    ['insert', { ...TABLE, rows: {} }, 'postgres_row_empty'],
    ['update', { ...TABLE, values: {}, allRows: true }, 'postgres_row_empty'],
  ] as const)('%s with bad names is refused in words: %o', async (type, parameters, code) => {
    expect(await failureOf(bench, type, parameters as JsonObject, type === 'select' ? null : 'k')).toMatchObject({
      code,
      details: { sent: false },
    });
  });
});

describe('a query', () => {
  it('has its values apart from its text', async () => {
    const values = ["x' OR 1=1", { a: [1] }, [1, 2]];
    const sql = 'SELECT $1::text AS text, $2::jsonb AS json, 2 = ANY($3::int[]) AS is_in';
    expect(await bench.run(node('query'), { sql, values })).toEqual([{ text: values[0], json: { a: [1] }, is_in: true }]);
  });

  it.each([
    ['UPDATE people SET name = null', 'postgres_25006'],
    ['SELECT 1; DROP TABLE people', 'postgres_42601'],
    ['COMMIT; DELETE FROM people', 'postgres_42601'],
    ["SELECT set_config('transaction_read_only', 'off', true)", 'postgres_25001'],
  ])('that only reads cannot write: %s', async (sql, code) => {
    const failure = await failureOf(bench, 'query', { sql }, null);
    expect(failure.details?.['sent']).toBe(false);
    expect([code, 'postgres_25006']).toContain(failure.code);
    expect((await owner.query('SELECT 1 FROM people')).rowCount).toBe(3);
  });

  it('that changes something says what it did, after it was stored as leaving', async () => {
    const seen: unknown[] = [];
    const beforeSend = async (): Promise<void> => void seen.push((await owner.query('SELECT name FROM people WHERE id = 1')).rows);
    const own = socketBench({ type: credentialType, fields, beforeSend });
    expect(await own.run(node('query'), { access: 'write', sql: "UPDATE people SET name = 'B' WHERE id = 1" }, 'k')).toEqual([
      { command: 'UPDATE', count: 1 },
    ]);
    expect([seen, own.begun.length]).toEqual([[[{ name: 'Ada' }]], 1]);
  });

  it('that gives too much is refused, and nothing stays of it', async () => {
    expect(await failureOf(bench, 'query', { sql: 'SELECT generate_series(1, 10001)' }, null)).toMatchObject({
      code: 'postgres_rows_too_many',
    });
    const small = socketBench({ type: credentialType, fields, limits: { maxResponseBytes: 100_000 } });
    expect(await failureOf(small, 'query', { sql: "SELECT repeat('x', 30000000) AS much" }, null)).toMatchObject({
      code: 'egress_too_large',
    });
  });
});

describe('a session', () => {
  it('with a wrong password asks for the credential to be renewed, and never says it', async () => {
    const own = socketBench({ type: credentialType, fields: { ...fields, password: 'canary-wrong' } });
    const failure = await failureOf(own, 'select', TABLE, null);
    expect(failure).toMatchObject({ code: 'credential_reconnect' });
    expect([own.renewals(), own.begun.length]).toEqual([1, 0]);
  });

  it('with an unknown database, or a server without TLS, says so', async () => {
    expect(
      await failureOf(socketBench({ type: credentialType, fields: { ...fields, database: 'nowhere' } }), 'select', TABLE, null),
    ).toMatchObject({ code: 'postgres_3d000' });
    expect(
      await failureOf(socketBench({ type: credentialType, fields: { ...fields, security: 'tls' } }), 'select', TABLE, null),
    ).toMatchObject({ code: 'postgres_no_tls' });
  });

  it('A108: goes to no private address that no admin listed', async () => {
    expect(
      await failureOf(socketBench({ type: credentialType, fields, allow: [] }), 'insert', { ...TABLE, rows: { id: 5 } }),
    ).toMatchObject({
      code: 'egress_private_address',
      details: { sent: false },
    });
  });

  it('that breaks before the commit did nothing, and says so', async () => {
    await owner.query('BEGIN; LOCK TABLE people');
    const own = socketBench({ type: credentialType, fields });
    const waiting = failureOf(own, 'query', { access: 'write', sql: 'INSERT INTO people (id) VALUES (77)' });
    while ((await admin.query('SELECT 1 FROM pg_locks WHERE NOT granted')).rowCount === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    proxy.cut();
    expect(await waiting).toMatchObject({ kind: 'transient', code: 'postgres_rolled_back', details: { sent: false } });
    proxy.mend();
    await owner.query('ROLLBACK');
    expect((await owner.query('SELECT 1 FROM people WHERE id = 77')).rowCount).toBe(0);
  });

  it('that breaks during the commit leaves open whether it was done', async () => {
    // A trigger that is deferred to the commit waits for a lock that the test holds.
    await owner.query(`CREATE OR REPLACE FUNCTION public.wait_for_lock() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER waits AFTER INSERT ON people DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.wait_for_lock();
      SELECT pg_advisory_lock(4711)`);
    const waiting = failureOf(bench, 'insert', { ...TABLE, rows: { id: 78 } });
    while ((await admin.query("SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")).rowCount === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    proxy.cut();
    expect(await waiting).toMatchObject({ kind: 'transient', code: 'postgres_commit_lost', details: { sent: true } });
    proxy.mend();
    await owner.query('SELECT pg_advisory_unlock(4711)');
  });
});

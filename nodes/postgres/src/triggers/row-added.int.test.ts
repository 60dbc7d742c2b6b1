import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@millwright/node-sdk';
import { eventually, testCluster } from '@millwright/testing';
import { socketBench, type BenchPoll, type SocketBench } from '@millwright/testing/sockets';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { credentialType } from '../server.ts';
import { rowAdded } from './row-added.ts';

const database = `node_postgres_rows_${randomUUID().slice(0, 8)}`;
let admin: pg.Client;
let owner: pg.Client;
let other: pg.Client;
let bench: SocketBench;

/** A published trigger: its mark is what was stored. */
class Desk {
  state: JsonObject | null = null;
  nowMs = 1_000;
  readonly #parameters: JsonObject;
  readonly #takesAll: boolean;

  constructor(column: string, { table = 'orders', takesAll = false } = {}) {
    this.#parameters = { table, column };
    this.#takesAll = takesAll;
  }

  get trial(): BenchPoll {
    return { parameters: this.#parameters, state: this.state, takesAll: this.#takesAll, nowMs: this.nowMs };
  }

  /** @returns names of what is new */
  async poll(): Promise<readonly unknown[]> {
    const { events, state } = await bench.poll(rowAdded, this.trial);
    this.state = state;
    return events.map(({ data }) => (data as JsonObject)['name']);
  }

  /** Asks until so many have come: whatever else runs on the server for a moment holds rows back. */
  async comes(count: number): Promise<readonly unknown[]> {
    const names: unknown[] = [];
    await eventually(async () => names.push(...(await this.poll())) >= count);
    return names;
  }
}

async function failure(desk: Desk): Promise<unknown> {
  return desk.poll().catch((thrown: unknown) => thrown);
}

beforeAll(async () => {
  const url = new URL(testCluster().adminUrl);
  admin = new pg.Client(url.href);
  await admin.connect();
  await admin.query(`CREATE ROLE ${database} LOGIN PASSWORD 'canary-secret'`);
  await admin.query(`CREATE DATABASE ${database} OWNER ${database}`);
  const at = new URL(url);
  at.pathname = `/${database}`;
  [owner, other] = [new pg.Client(at.href), new pg.Client(at.href)];
  await Promise.all([owner.connect(), other.connect()]);
  const fields = { host: url.hostname, port: url.port, database, username: database, password: 'canary-secret', security: 'none' };
  bench = socketBench({ type: credentialType, fields });
});
afterAll(async () => {
  await Promise.all([owner?.end(), other?.end()]);
  await admin?.query(`DROP DATABASE ${database} WITH (FORCE)`);
  await admin?.query(`DROP ROLE ${database}`);
  await admin?.end();
});
beforeEach(async () => {
  await other.query('ROLLBACK');
  await owner.query(`DROP VIEW IF EXISTS shown; DROP TABLE IF EXISTS orders; CREATE TABLE orders (
    id serial PRIMARY KEY, name text, changed timestamptz NOT NULL DEFAULT clock_timestamp());
    CREATE VIEW shown AS SELECT name, id FROM orders;
    ALTER TABLE orders OWNER TO ${database}; ALTER VIEW shown OWNER TO ${database};
    INSERT INTO orders (name) VALUES ('before')`);
});

const insert = (name: string, on = owner): Promise<unknown> => on.query('INSERT INTO orders (name) VALUES ($1)', [name]);

describe('new rows of a real PostgreSQL', () => {
  it('the first poll sets the mark; then each row comes once, in order, and what was not stored comes again under its name', async () => {
    const desk = new Desk('id');
    expect(await desk.poll()).toEqual([]);
    await insert('one');
    await insert('two');
    const lost = await eventually(async () => {
      const answer = await bench.poll(rowAdded, desk.trial);
      return answer.events.length === 2 ? answer : null;
    });
    const again = await bench.poll(rowAdded, desk.trial);
    expect(lost.events.map(({ id }) => id)).toEqual(again.events.map(({ id }) => id));
    expect(lost.events[0]?.data).toMatchObject({ id: 2, name: 'one' });
    expect(Object.keys(lost.events[0]?.data as JsonObject).toSorted()).toEqual(['changed', 'id', 'name']);
    expect(await desk.comes(2)).toEqual(['one', 'two']);
    expect(await desk.poll()).toEqual([]);
  });

  it('begins in a table that is empty, and with all that is there where that is asked for', async () => {
    await owner.query('DELETE FROM orders');
    const desk = new Desk('id');
    expect(await desk.poll()).toEqual([]);
    await insert('first');
    expect(await desk.comes(1)).toEqual(['first']);
    expect(await new Desk('id', { takesAll: true }).comes(1)).toEqual(['first']);
  });

  it('a row with a lower number that is committed later is not lost', async () => {
    const desk = new Desk('id');
    await desk.poll();
    await other.query('BEGIN');
    await insert('late', other);
    await insert('early');
    // The one that is there waits for the transaction that may bring a lower one.
    expect(await desk.poll()).toEqual([]);
    await other.query('COMMIT');
    expect(await desk.comes(2)).toEqual(['late', 'early']);
  });

  it('a number that was drawn before its transaction wrote anything is not lost either', async () => {
    const desk = new Desk('id');
    await desk.poll();
    const { rows } = await owner.query<{ readonly id: string }>(`SELECT nextval('orders_id_seq') AS id`);
    await insert('early');
    expect(await desk.comes(1)).toEqual(['early']);
    await owner.query('INSERT INTO orders (id, name) VALUES ($1, $2)', [rows[0]?.id, 'late']);
    expect(await desk.comes(1)).toEqual(['late']);
    expect(await desk.poll()).toEqual([]);
  });

  it('a transaction that was forgotten holds rows back for a quarter of an hour, not for ever', async () => {
    const desk = new Desk('id');
    await desk.poll();
    await other.query('BEGIN');
    await insert('forgotten', other);
    await insert('waits');
    expect(await desk.poll()).toEqual([]);
    desk.nowMs += 899_000;
    expect(await desk.poll()).toEqual([]);
    desk.nowMs += 1_000;
    expect(await desk.poll()).toEqual(['waits']);
  });

  it('by the time of change, changed rows come again; rows of one time come all', async () => {
    const desk = new Desk('changed');
    await desk.poll();
    await owner.query(`INSERT INTO orders (name, changed) SELECT 'same', '2100-01-01' FROM generate_series(1, 3)`);
    expect(await desk.comes(3)).toEqual(['same', 'same', 'same']);
    await owner.query(`UPDATE orders SET name = 'quiet' WHERE id = 2`);
    expect(await desk.poll()).toEqual([]);
    await owner.query(`UPDATE orders SET name = 'changed', changed = '2100-01-02' WHERE id = 2`);
    expect(await desk.comes(1)).toEqual(['changed']);
  });

  it('what a server calls a time does not matter: another zone of the role brings nothing twice', async () => {
    const desk = new Desk('changed');
    await desk.poll();
    await insert('one');
    expect(await desk.comes(1)).toEqual(['one']);
    await owner.query(`ALTER ROLE ${database} SET TimeZone = 'Asia/Tokyo'`);
    expect(await desk.poll()).toEqual([]);
    await owner.query(`ALTER ROLE ${database} RESET TimeZone`);
  });

  it('thousands at once come in parts, each once, with those that were stored between them', async () => {
    const desk = new Desk('id');
    await desk.poll();
    await owner.query(`INSERT INTO orders (id, name) SELECT n * 2 + 100, n::text FROM generate_series(1, 2600) n`);
    expect(new Set(await desk.comes(2_600)).size).toBe(2_600);
    await owner.query(`INSERT INTO orders (id, name) SELECT n * 2 + 101, 'late ' || n FROM generate_series(1900, 2599) n`);
    const late = await desk.comes(700);
    expect([late.length, new Set(late).size, late.every((name) => String(name).startsWith('late'))]).toEqual([700, 700, true]);
  });

  it('rows of a view come too', async () => {
    const desk = new Desk('id', { table: 'shown' });
    await desk.poll();
    await insert('seen');
    expect(await desk.comes(1)).toEqual(['seen']);
  });

  it.each([
    ['a table that is not there', { table: 'nowhere' }, 'id', 'postgres_table_unknown'],
    ['a column that is not there', {}, 'nope"; DROP TABLE orders; --', 'postgres_column_unknown'],
  ])('%s is told by name, and nothing is noted', async (_what, table, column, code) => {
    expect(await failure(new Desk(column, table))).toMatchObject({ code });
  });

  it('a column that does not grow is refused, as nobody could tell its rows apart', async () => {
    const desk = new Desk('changed');
    await owner.query(`INSERT INTO orders (name, changed) SELECT 'same', '2100-01-01' FROM generate_series(1, 5001)`);
    expect(await failure(desk)).toMatchObject({ code: 'postgres_rows_alike' });
  });
});

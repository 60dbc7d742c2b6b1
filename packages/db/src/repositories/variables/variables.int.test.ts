import { newId } from '@millwright/core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../database.ts';
import { createTestDatabase, type TestDatabase } from '../../testing.ts';
import * as variables from './variables.ts';
import * as workspaces from '../workspaces.ts';

describe('variables', () => {
  let test: TestDatabase;
  let db: Database;
  const [mine, theirs] = [newId('workspace'), newId('workspace')];
  const by = newId('user');

  beforeAll(async () => {
    test = await createTestDatabase(inject('adminUrl'));
    db = await test.open();
    for (const id of [mine, theirs]) await db.tenant(id, (tx) => workspaces.create(tx, { name: 'W', timezone: 'UTC', language: 'en' }));
  });
  afterAll(async () => {
    await test.drop();
  });

  const set = (workspaceId: string, key: string, value: unknown) =>
    db.tenant(workspaceId, (tx) => variables.put(tx, { key, value: value as never, sizeBytes: 10, by }));

  it('keep every kind of value to the letter', async () => {
    const values = { text: 'a\u0000b\u{1f600}', number: 1.5, none: null, no: false, list: [1, { a: [] }] };
    for (const [key, value] of Object.entries(values)) await set(mine, key, value);
    expect(await variables.values(db.executor, { workspaceId: mine, keys: ['*'] })).toEqual(values);
    expect(await variables.values(db.executor, { workspaceId: mine, keys: ['none', 'gone', 'no'] })).toEqual({ none: null, no: false });
    expect((await db.tenant(mine, variables.list)).map(({ key, value }) => [key, value])).toEqual(
      Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
  });

  it('of one workspace are not there for another', async () => {
    await set(theirs, 'text', 'theirs');
    expect(await db.tenant(theirs, (tx) => variables.get(tx, 'number'))).toBeNull();
    expect(await db.tenant(theirs, (tx) => variables.remove(tx, 'number'))).toBe(false);
    expect((await db.tenant(mine, (tx) => variables.get(tx, 'text')))?.value).toBe('a\u0000b\u{1f600}');
    expect(await db.tenant(theirs, variables.keys)).toEqual(['text']);
  });

  it('refuse a key that cannot be written behind a dot, and a scope that there is not yet', async () => {
    for (const key of ['', '1a', 'a-b', 'ä', 'a'.repeat(65), '*']) await expect(set(mine, key, 1)).rejects.toThrow('variables_key_check');
    await expect(
      db.tenant(mine, (tx) =>
        tx.query(`insert into variables (workspace_id, scope, key, value, size_bytes) values ($1, 'project', 'x', '1', 1)`, [mine]),
      ),
    ).rejects.toThrow('variables_scope_check');
  });

  it('writers of one workspace come one at a time, so that its bounds hold', async () => {
    const most = 8;
    const add = (key: string) =>
      db.tenant(theirs, async (tx) => {
        const { count } = await variables.others(tx, key);
        if (count >= most) return false;
        await variables.put(tx, { key, value: 1, sizeBytes: 10, by });
        return true;
      });
    const added = await Promise.all(Array.from({ length: 12 }, (_, index) => add(`v${index}`)));
    expect(added.filter(Boolean)).toHaveLength(most - 1);
    expect(await db.tenant(theirs, variables.keys)).toHaveLength(most);
  });
});

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newId } from '@millwright/core';
import { workspaceKeys, workspaces, type Database } from '@millwright/db';
import { createTestDatabase, type TestDatabase } from '@millwright/db/testing';
import { loadRootKey, type RootKey } from './root-key.ts';
import { createWorkspaceKeys, type WorkspaceKeys } from './workspace-keys.ts';

let test: TestDatabase;
let database: Database;
let rootKey: RootKey;
const keyOf = async (fill: number): Promise<RootKey> => loadRootKey({ file: '', value: Buffer.alloc(32, fill).toString('base64') });
const fresh = (): WorkspaceKeys => createWorkspaceKeys({ rootKey, database });

beforeAll(async () => {
  test = await createTestDatabase(inject('adminUrl'));
  database = await test.open();
  rootKey = await keyOf(1);
});
afterAll(async () => test.drop());

async function aWorkspace(): Promise<string> {
  const workspaceId = newId('workspace');
  await database.tenant(workspaceId, async (tx) => workspaces.create(tx, { name: 'W', timezone: 'UTC', language: 'en' }));
  return workspaceId;
}

describe('workspace keys', () => {
  it('a workspace has one key, whoever asks first, and every process unwraps the same', async () => {
    const workspaceId = await aWorkspace();
    const keys = await Promise.all(Array.from({ length: 6 }, async () => fresh().workspaceKey(workspaceId)));
    expect(new Set(keys.map((key) => key.id)).size).toBe(1);
    expect(keys.every((key) => key.key.equals(keys[0]?.key ?? key.key))).toBe(true);
    const byId = await fresh().workspaceKeyById(workspaceId, keys[0]?.id ?? '');
    expect(byId.key.equals(keys[0]?.key ?? byId.key)).toBe(true);
  });

  it('another workspace has another key, and cannot name this one', async () => {
    const [one, two] = [await aWorkspace(), await aWorkspace()];
    const keys = fresh();
    const key = await keys.workspaceKey(one);
    expect((await keys.workspaceKey(two)).key.equals(key.key)).toBe(false);
    await expect(keys.workspaceKeyById(two, key.id)).rejects.toMatchObject({ code: 'workspace_key_unknown' });
  });

  it('a key that was moved, changed or wrapped by another root key does not open, and says what to do', async () => {
    const [one, two] = [await aWorkspace(), await aWorkspace()];
    const { id } = await fresh().workspaceKey(one);
    await expect(createWorkspaceKeys({ rootKey: await keyOf(2), database }).workspaceKey(one)).rejects.toMatchObject({
      code: 'root_key_wrong',
      hint: expect.stringContaining('root.key') as unknown,
    });
    const stored = await database.tenant(one, async (tx) => workspaceKeys.get(tx, id));
    await database.tenant(two, async (tx) => workspaceKeys.addFirst(tx, { id, wrapped: stored?.wrapped ?? new Uint8Array() }));
    await expect(fresh().workspaceKey(two)).rejects.toMatchObject({ code: 'root_key_wrong' });
  });

  it('is read once per process, and a failure is not remembered', async () => {
    const workspaceId = newId('workspace');
    const keys = fresh();
    await expect(keys.workspaceKey(workspaceId)).rejects.toThrow('workspace_keys');
    await database.tenant(workspaceId, async (tx) => workspaces.create(tx, { name: 'W', timezone: 'UTC', language: 'en' }));
    const [first, second] = [await keys.workspaceKey(workspaceId), await keys.workspaceKey(workspaceId)];
    expect(second).toBe(first);
  });
});

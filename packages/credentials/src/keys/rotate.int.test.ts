import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newId } from '@millwright/core';
import { bearer } from '@millwright/node-sdk';
import { workspaceKeys } from '@millwright/db';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createStand, typeOf, type Stand } from '../testing/stand.ts';
import { createVault } from '../vault/vault.ts';
import { loadRootKey } from './root-key.ts';
import { createKeyRotation } from './rotate.ts';
import { createWorkspaceKeys } from './workspace-keys.ts';

let stand: Stand;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rotation-'));
  stand = await createStand(inject('adminUrl'), { allow: [], types: [typeOf('token', bearer(), ['api.shop.example'])] });
});
afterAll(async () => {
  await stand.remove();
  await rm(folder, { recursive: true, force: true });
});

const secretOf = async (credentialId: string, lender = stand.lender) =>
  lender.lend({ workspaceId: stand.workspaceId, credentialId }, async ({ fields }) => fields['token']);
const rotation = (rootKey = stand.rootKey, keys = stand.keys) =>
  createKeyRotation({ rootKey, keys, vault: createVault(keys), db: stand.database });

describe('rotation of a workspace key', () => {
  it('A116: wraps every secret by the new key; running processes go on, and what is made next has the new key', async () => {
    const ids = [await stand.create('shop.token', { token: 'one' }), await stand.create('shop.token', { token: 'two' })];
    await stand.clientApp('c', 'secret of the app');
    const running = await stand.beside();
    expect(await secretOf(ids[0] ?? '', running.lender)).toBe('one');
    const before = await stand.row(ids[0] ?? '');
    const { keyId, rewrapped } = await rotation().rotateWorkspaceKey(stand.workspaceId);
    expect(rewrapped).toBe(3);
    for (const id of ids) expect((await stand.row(id)).sealed.keyId).toBe(keyId);
    const after = await stand.row(ids[0] ?? '');
    expect(Buffer.from(after.sealed.sealed).equals(Buffer.from(before.sealed.sealed))).toBe(true);
    expect([await secretOf(ids[0] ?? '', running.lender), await secretOf(ids[1] ?? '')]).toEqual(['one', 'two']);
    expect((await stand.row(await stand.create('shop.token', { token: 'three' }))).sealed.keyId).toBe(keyId);
    expect((await rotation().rotateWorkspaceKey(stand.workspaceId)).rewrapped).toBe(4);
  });
});

describe('rotation of the root key', () => {
  it('is done online: other processes learn of it, derived secrets stay, and the old key alone opens nothing afterwards', async () => {
    const file = path.join(folder, 'root.key');
    const first = await loadRootKey({ file });
    const old = (await readFile(file, 'utf8')).trim();
    const workspaceId = newId('workspace');
    await stand.database.tenant(workspaceId, async (tx) =>
      tx.query(`insert into workspaces (id, name) values ($1, 'Rotated')`, [workspaceId]),
    );
    // A database with one root key: that of the stand's other tests is not here.
    await stand.database.tenant(stand.workspaceId, async (tx) => tx.query('delete from credentials'));
    const { test, remove } = await createStand(inject('adminUrl'), { allow: [], types: stand.ports.types.all() });
    const db = await test.open();
    await db.tenant(workspaceId, async (tx) => tx.query(`insert into workspaces (id, name) values ($1, 'Rotated')`, [workspaceId]));
    await db.tenant(workspaceId, async (tx) => tx.query('select 1'));
    const keys = createWorkspaceKeys({ rootKey: first, database: db });
    const key = await keys.workspaceKey(workspaceId);
    const second = await loadRootKey({ file });
    const elsewhere = createKeyRotation({ rootKey: second, keys, vault: createVault(keys), db });
    await db.executor.query('select 1');
    const { rewrapped, rootId } = await createKeyRotation({ rootKey: first, keys, vault: createVault(keys), db }).rotateRootKey();
    expect(rewrapped).toBe(1);
    expect(first.id).toBe(rootId);
    expect(first.deriveText('sessions')).toBe((await loadRootKey({ file: '', value: old })).deriveText('sessions'));
    expect((await loadRootKey({ file })).deriveText('sessions')).toBe(first.deriveText('sessions'));
    // Whoever has not heard yet reads the file again when a key does not open.
    const late = createWorkspaceKeys({ rootKey: second, database: db });
    expect((await late.workspaceKey(workspaceId)).key.equals(key.key)).toBe(true);
    expect(second.id).toBe(rootId);
    const alone = createWorkspaceKeys({ rootKey: await loadRootKey({ file: '', value: old }), database: db });
    await expect(alone.workspaceKey(workspaceId)).rejects.toMatchObject({ code: 'root_key_wrong' });
    expect(await readFile(file, 'utf8')).toContain(`previous=${old}`);
    elsewhere.close();
    await remove();
  });

  it('that dies while the first wrapping goes is finished by the next call, with the key that it had made', async () => {
    const file = path.join(folder, 'dies.key');
    const rootKey = await loadRootKey({ file });
    const { database: db, remove, workspaceId } = await createStand(inject('adminUrl'), { allow: [], types: [] });
    const ids = [workspaceId, newId('workspace'), newId('workspace')];
    for (const id of ids.slice(1)) await db.tenant(id, async (tx) => tx.query(`insert into workspaces (id, name) values ($1, 'W')`, [id]));
    const keys = createWorkspaceKeys({ rootKey, database: db });
    const before = await Promise.all(ids.map(async (id) => (await keys.workspaceKey(id)).key));
    const rotating = createKeyRotation({ rootKey, keys, vault: createVault(keys), db });
    const dying = rotating.rotateRootKey(({ stage }) => {
      if (stage === 'finish') throw new Error('dies');
    });
    await expect(dying).rejects.toThrow('dies');
    const made = await readFile(file, 'utf8');
    const readsAll = async (text: string): Promise<boolean> => {
      const later = createWorkspaceKeys({ rootKey: await loadRootKey({ file: '', value: text }), database: db });
      const opened = await Promise.all(ids.map(async (id) => (await later.workspaceKey(id)).key));
      return opened.every((key, index) => key.equals(before[index] ?? key));
    };
    expect(await readsAll(made)).toBe(true);
    await rotating.rotateRootKey();
    expect([await readFile(file, 'utf8'), await readsAll(made.split('\n')[0] ?? '')]).toEqual([made, true]);
    rotating.close();
    await remove();
  });

  it('of a key that an environment gives is refused with what to do, and done once both are given', async () => {
    const [one, two] = ['11'.repeat(32), '22'.repeat(32)];
    const other = await createStand(inject('adminUrl'), { allow: [], types: stand.ports.types.all() });
    const { database: db, workspaceId } = other;
    const given = await loadRootKey({ file: '', value: one });
    const keys = createWorkspaceKeys({ rootKey: given, database: db });
    const key = await keys.workspaceKey(workspaceId);
    await expect(createKeyRotation({ rootKey: given, keys, vault: createVault(keys), db }).rotateRootKey()).rejects.toMatchObject({
      code: 'root_key_not_ours',
      hint: expect.stringContaining('previous=') as unknown,
    });
    const both = await loadRootKey({ file: '', value: `${two},previous=${one},derive=${one}` });
    const next = createWorkspaceKeys({ rootKey: both, database: db });
    expect((await next.workspaceKey(workspaceId)).key.equals(key.key)).toBe(true);
    await createKeyRotation({ rootKey: both, keys: next, vault: createVault(next), db }).rotateRootKey();
    const only = createWorkspaceKeys({ rootKey: await loadRootKey({ file: '', value: two }), database: db });
    expect((await only.workspaceKey(workspaceId)).key.equals(key.key)).toBe(true);
    await other.remove();
  });

  it('comes from a command too, whose failure tells nothing of the key', async () => {
    const key = await loadRootKey({ file: '', command: `printf %s ${'33'.repeat(32)}` });
    expect(key.id).toBe((await loadRootKey({ file: '', value: '33'.repeat(32) })).id);
    const failed = await loadRootKey({ file: '', command: `echo ${'44'.repeat(32)} >&2; exit 3` }).catch((thrown: unknown) => thrown);
    expect(failed).toMatchObject({ code: 'root_key_command' });
    expect(JSON.stringify(failed) + String(failed)).not.toContain('4444');
  });
});

describe('what is sealed', () => {
  it('A114: moved to another tenant, id or type, or to an older key, it does not open, and an admin is told', async () => {
    const [one, two] = [await stand.create('shop.token', { token: 'first' }), await stand.create('shop.token', { token: 'second' })];
    const swap = async (set: string): Promise<void> => {
      await stand.database.tenant(stand.workspaceId, async (tx) =>
        tx.query(`update credentials c set ${set} from credentials o where c.id = $1 and o.id = $2`, [one, two]),
      );
    };
    await swap('sealed = o.sealed, wrapped_key = o.wrapped_key, key_id = o.key_id');
    await expect(secretOf(one)).rejects.toMatchObject({ code: 'secret_unreadable' });
    expect(stand.logged.join('\n')).toContain(one);
    const other = await createStand(inject('adminUrl'), { allow: [], types: stand.ports.types.all() });
    const { sealed } = await stand.row(two);
    for (const [workspaceId, name] of [
      [other.workspaceId, { id: two, type: 'shop.token' }],
      [stand.workspaceId, { id: two, type: 'shop.other' }],
      [stand.workspaceId, { id: newId('credential'), type: 'shop.token' }],
    ] as const)
      await expect(stand.ports.vault.open(workspaceId, name, sealed)).rejects.toMatchObject({
        code: expect.stringMatching(/^(secret_unreadable|workspace_key_unknown)$/) as unknown,
      });
    const older = await stand.database.tenant(stand.workspaceId, async (tx) => workspaceKeys.listHeld(tx));
    const past = older.find(({ id }) => id !== sealed.keyId);
    await expect(
      stand.ports.vault.open(stand.workspaceId, { id: two, type: 'shop.token' }, { ...sealed, keyId: past?.id ?? '' }),
    ).rejects.toMatchObject({
      code: 'secret_unreadable',
    });
    await other.remove();
  });

  it('A115: cut or with any bit flipped it is refused, and tells nothing', async () => {
    const id = await stand.create('shop.token', { token: 'canary-a115' });
    const { sealed } = await stand.row(id);
    const open = async (bytes: Uint8Array) =>
      stand.ports.vault.open(stand.workspaceId, { id, type: 'shop.token' }, { ...sealed, sealed: bytes });
    expect(JSON.stringify(await open(sealed.sealed))).toContain('canary-a115');
    for (let bit = 0; bit < sealed.sealed.length * 8; bit += 7) {
      const flipped = Uint8Array.from(sealed.sealed);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await expect(open(flipped)).rejects.toMatchObject({
        code: 'secret_unreadable',
        message: expect.not.stringContaining('canary') as unknown,
      });
    }
    for (const length of [0, 1, 12, 28, sealed.sealed.length - 1])
      await expect(open(sealed.sealed.slice(0, length))).rejects.toMatchObject({ code: 'secret_unreadable' });
  });
});

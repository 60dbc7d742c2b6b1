import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newId } from '@millwright/core';
import { sweep, type Database } from '@millwright/db';
import { createTestDatabase, type TestDatabase } from '@millwright/db/testing';
import type { BlobScope, BlobStore } from './blob-store.ts';
import { createPostgresBlobs, MAX_FILE_BYTES } from './postgres-blobs.ts';

let test: TestDatabase;
let database: Database;
let store: BlobStore;
const scope = (): BlobScope => ({ workspaceId: newId('workspace'), runId: newId('run') });

beforeAll(async () => {
  test = await createTestDatabase(inject('adminUrl'));
  database = await test.open();
  store = createPostgresBlobs(database.executor);
});
afterAll(async () => test.drop());

async function* stream(...parts: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  for (const part of parts) yield part;
}
async function collect(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}

describe('item lists', () => {
  it('come back to the letter, over chunks, and a window reads only its part', async () => {
    const owner = scope();
    const items = Array.from({ length: 5000 }, (_none, index) => ({ json: { index, text: `ü\u0000\uD800 ${'x'.repeat(500)}` } }));
    const stored = await store.putItems(owner, items);
    expect(stored.count).toBe(5000);
    const at = { workspaceId: owner.workspaceId, blobId: stored.blobId };
    expect(await store.getItems(at)).toEqual(items);
    expect(await store.getItems(at, { offset: 3999, limit: 3 })).toEqual(items.slice(3999, 4002));
    expect(await store.getItems(at, { offset: 9999, limit: 3 })).toEqual([]);
    const rows = await database.executor.query<{ chunks: number; stored: string; size: string }>(
      'select chunks, stored_bytes as stored, size_bytes as size from blobs where id = $1',
      [stored.blobId],
    );
    expect(rows.rows[0]?.chunks).toBeGreaterThan(1);
    expect(Number(rows.rows[0]?.stored)).toBeLessThan(stored.sizeBytes / 5);
  });

  it('the same content is stored once per run, so that a second try of a segment adds nothing', async () => {
    const owner = scope();
    const [first, second] = [await store.putItems(owner, [1, { a: 2 }]), await store.putItems(owner, [1, { a: 2 }])];
    expect(second).toEqual(first);
    expect((await store.putItems({ ...owner, runId: newId('run') }, [1, { a: 2 }])).blobId).not.toBe(first.blobId);
    expect(await store.putItems(owner, [])).toMatchObject({ count: 0 });
  });

  it('the same content of one run, stored by many at once, is one blob', async () => {
    const owner = scope();
    const items = Array.from({ length: 500 }, (_none, index) => ({ json: { index, text: 'x'.repeat(200) } }));
    const stored = await Promise.all([1, 2, 3, 4, 5, 6].map(() => store.putItems(owner, items)));
    expect(new Set(stored.map((one) => one.blobId)).size).toBe(1);
    const rows = await database.executor.query('select id from blobs where run_id = $1', [owner.runId]);
    expect(rows.rows).toHaveLength(1);
  });

  it('a list above 64 MiB is refused with what to do, and nothing of it is stored', async () => {
    const owner = scope();
    const big = 'y'.repeat(1024 * 1024);
    await expect(
      store.putItems(
        owner,
        Array.from({ length: 65 }, () => big),
      ),
    ).rejects.toMatchObject({ code: 'items_too_large', kind: 'tooLarge' });
    expect((await database.executor.query('select 1 from blobs where run_id = $1', [owner.runId])).count).toBe(0);
  });
});

describe('files', () => {
  it('stream in and out unchanged, whatever the sizes of the pieces', async () => {
    const owner = scope();
    const bytes = randomBytes(2_500_000);
    const stored = await store.putFile(owner, {
      content: stream(bytes.subarray(0, 10), bytes.subarray(10, 2_000_000), bytes.subarray(2_000_000)),
      mediaType: 'image/png',
    });
    const file = await store.getFile({ workspaceId: owner.workspaceId, blobId: stored.blobId });
    expect([file.mediaType, file.sizeBytes, file.count]).toEqual(['image/png', bytes.length, null]);
    expect((await collect(file.content())).equals(bytes)).toBe(true);
  });

  it('a file whose stream fails or that is too large leaves nothing', async () => {
    const owner = scope();
    const failing = async function* (): AsyncIterable<Uint8Array> {
      yield randomBytes(3_000_000);
      throw new Error('the caller hung up');
    };
    await expect(store.putFile(owner, { content: failing(), mediaType: 'a/b' })).rejects.toThrow('the caller hung up');
    const huge = Array.from({ length: 101 }, () => new Uint8Array(1024 * 1024));
    expect(huge.length * 1024 * 1024).toBeGreaterThan(MAX_FILE_BYTES);
    await expect(store.putFile(owner, { content: stream(...huge), mediaType: 'a/b' })).rejects.toMatchObject({ code: 'file_too_large' });
    expect((await database.executor.query('select 1 from blobs where run_id = $1', [owner.runId])).count).toBe(0);
  });
});

describe('what is stored', () => {
  it('another workspace does not find it', async () => {
    const owner = scope();
    const { blobId } = await store.putItems(owner, [1]);
    await expect(store.getItems({ workspaceId: newId('workspace'), blobId })).rejects.toMatchObject({ code: 'blob_gone' });
    await expect(store.getFile({ workspaceId: owner.workspaceId, blobId })).rejects.toMatchObject({ code: 'blob_gone' });
  });

  it('a flipped bit is found when it is read', async () => {
    const owner = scope();
    const { blobId } = await store.putItems(owner, ['some text that deflates']);
    await database.executor.query('update blob_chunks set data = set_byte(data, 8, get_byte(data, 8) # 1) where blob_id = $1', [blobId]);
    await expect(store.getItems({ workspaceId: owner.workspaceId, blobId })).rejects.toMatchObject({ code: 'blob_damaged' });
  });

  it('a blob whose run never came to be is swept after two days', async () => {
    const owner = scope();
    const { blobId } = await store.putItems(owner, [1]);
    await sweep(database.executor);
    expect(await store.getItems({ workspaceId: owner.workspaceId, blobId })).toEqual([1]);
    await database.executor.query(`update blobs set created_at = now() - interval '3 days' where id = $1`, [blobId]);
    await sweep(database.executor);
    await expect(store.getItems({ workspaceId: owner.workspaceId, blobId })).rejects.toMatchObject({ code: 'blob_gone' });
    expect((await database.executor.query('select 1 from blob_chunks where blob_id = $1', [blobId])).count).toBe(0);
  });
});

import type { BlobId, RunId, WorkspaceId } from '@millwright/core';
import { firstOf, queryClient, withClient, type ExecutorDb, type Queryable } from '../queryable.ts';

/** What is known of a blob. */
export interface BlobInfo {
  readonly id: BlobId;
  readonly runId: RunId;
  readonly kind: 'items' | 'file';
  /** Hex, of the content before compression. */
  readonly sha256: string;
  /** Before compression. */
  readonly sizeBytes: number;
  readonly storedBytes: number;
  /** Items only. */
  readonly itemCount: number | null;
  readonly mediaType: string | null;
  readonly chunks: number;
}

/** Names a blob. */
export interface BlobKey {
  readonly workspaceId: WorkspaceId;
  readonly blobId: BlobId;
}

/** Who stores, and whether the same content is there already. */
export interface BlobContentKey {
  readonly workspaceId: WorkspaceId;
  readonly runId: RunId;
  readonly kind: 'items' | 'file';
  readonly sha256: string;
}

interface Row {
  readonly id: string;
  readonly run_id: string;
  readonly kind: 'items' | 'file';
  readonly sha256: string;
  readonly size_bytes: string;
  readonly stored_bytes: string;
  readonly item_count: number | null;
  readonly media_type: string | null;
  readonly chunks: number;
}

const COLUMNS = 'id, run_id, kind, sha256, size_bytes, stored_bytes, item_count, media_type, chunks';

/** A blob by id. */
export async function info(db: Queryable, key: BlobKey): Promise<BlobInfo | null> {
  const row = firstOf(await db.query<Row>(`select ${COLUMNS} from blobs where workspace_id = $1 and id = $2`, [key.workspaceId, key.blobId]));
  return row === null ? null : toInfo(row);
}

/** The blob of this run with this content, if there is one. */
export async function findByContent(db: Queryable, key: BlobContentKey): Promise<BlobInfo | null> {
  const row = firstOf(await db.query<Row>(
    `select ${COLUMNS} from blobs where workspace_id = $1 and run_id = $2 and kind = $3 and sha256 = $4`,
    [key.workspaceId, key.runId, key.kind, key.sha256],
  ));
  return row === null ? null : toInfo(row);
}

/**
 * Stores a blob, all or nothing, chunk by chunk as they come.
 * @returns its id: that of the one stored before when this run has the same content
 */
export async function insert(db: ExecutorDb, blob: BlobContentKey & BlobInfo, chunks: Iterable<Uint8Array>): Promise<BlobId> {
  return withClient(db.pool, async (client) => {
    await client.query('begin');
    try {
      const stored = await queryClient(client, {
        text: `insert into blobs (workspace_id, ${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
        values: [blob.workspaceId, blob.id, blob.runId, blob.kind, blob.sha256, blob.sizeBytes, blob.storedBytes, blob.itemCount, blob.mediaType, blob.chunks],
      });
      let position = 0;
      if (stored.count > 0) {
        for (const chunk of chunks) {
          await queryClient(client, {
            text: 'insert into blob_chunks (workspace_id, blob_id, position, data) values ($1, $2, $3, $4)',
            values: [blob.workspaceId, blob.id, position, Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)],
          });
          position += 1;
        }
      }
      await client.query('commit');
      if (stored.count > 0) return blob.id;
    } catch (thrown) {
      await client.query('rollback').catch(() => undefined);
      throw thrown;
    }
    return (await findByContent({ query: async (text, values) => queryClient(client, { text, values }) }, blob))?.id ?? blob.id;
  });
}

/** One chunk's stored bytes, or null past the end. */
export async function chunk(db: Queryable, key: BlobKey, position: number): Promise<Uint8Array | null> {
  const row = firstOf(await db.query<{ data: Buffer }>(
    'select data from blob_chunks where workspace_id = $1 and blob_id = $2 and position = $3',
    [key.workspaceId, key.blobId, position],
    'blob_chunk',
  ));
  return row?.data ?? null;
}

function toInfo(row: Row): BlobInfo {
  return {
    id: row.id, runId: row.run_id, kind: row.kind, sha256: row.sha256, sizeBytes: Number(row.size_bytes), storedBytes: Number(row.stored_bytes),
    itemCount: row.item_count, mediaType: row.media_type, chunks: row.chunks,
  };
}

import type { QueryResultRow } from 'pg';
import { newId, TransientError, type BlobId, type RunId, type WorkspaceId } from '@millwright/core';
import { databaseCode } from '../../errors.ts';
import { firstOf, queryClient, withClient, type ExecutorDb, type Queryable } from '../../queryable.ts';

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

/** Whose a new blob is, and what it is. */
export interface BlobDraft {
  readonly workspaceId: WorkspaceId;
  readonly runId: RunId;
  readonly kind: 'items' | 'file';
  /** Files only. */
  readonly mediaType: string | null;
}

/** What is known of a blob once its last chunk was made. */
export interface BlobSeal {
  /** Hex, of the content before compression. */
  readonly sha256: string;
  /** Before compression. */
  readonly sizeBytes: number;
  /** Items only. */
  readonly itemCount: number | null;
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
  const row = firstOf(
    await db.query<Row>(`select ${COLUMNS} from blobs where workspace_id = $1 and id = $2`, [key.workspaceId, key.blobId]),
  );
  return row === null ? null : toInfo(row);
}

/**
 * Stores a blob, all or nothing, chunk by chunk as they come; holds one client meanwhile.
 * @param seal called after the last chunk
 * @returns what is stored: the blob stored before when this run has the same content already
 * @throws whatever `chunks` throws; TransientError `database_unavailable`
 */
export async function write(
  db: ExecutorDb,
  blob: BlobDraft,
  content: { readonly chunks: AsyncIterable<Uint8Array>; readonly seal: () => BlobSeal },
): Promise<BlobInfo> {
  return withClient(db.pool, async (client) => {
    const run = async <R extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<R | null> =>
      firstOf(await queryClient<R>(client, { text, values }));
    const id = newId('blob');
    await client.query('begin');
    try {
      // Its content is hashed while it is stored: until the end its own id stands for the hash.
      await run(`insert into blobs (workspace_id, ${COLUMNS}) values ($1, $2, $3, $4, $2, 0, 0, null, $5, 0)`, [
        blob.workspaceId,
        id,
        blob.runId,
        blob.kind,
        blob.mediaType,
      ]);
      const { position, storedBytes } = await writeChunks(run, { workspaceId: blob.workspaceId, blobId: id }, content.chunks);
      const { sha256, sizeBytes, itemCount } = content.seal();
      // The hash is taken by nobody else, or waited for: two writers of the same content end up with one blob.
      await run('savepoint sealing', []);
      const isNew = await run(
        'update blobs set sha256 = $3, size_bytes = $4, stored_bytes = $5, item_count = $6, chunks = $7 where workspace_id = $1 and id = $2',
        [blob.workspaceId, id, sha256, sizeBytes, storedBytes, itemCount, position],
      ).then(() => true, isContentKnown);
      if (!isNew) {
        await run('rollback to savepoint sealing', []);
        const known = await run<Row>(`select ${COLUMNS} from blobs where workspace_id = $1 and run_id = $2 and kind = $3 and sha256 = $4`, [
          blob.workspaceId,
          blob.runId,
          blob.kind,
          sha256,
        ]);
        if (known === null)
          throw new TransientError({ code: 'blob_contended', message: 'the same content was stored and removed meanwhile' });
        await client.query('rollback');
        return toInfo(known);
      }
      await client.query('commit');
      const { runId, kind, mediaType } = blob;
      return { id, runId, kind, mediaType, sha256, sizeBytes, storedBytes, itemCount, chunks: position };
    } catch (thrown) {
      await client.query('rollback').catch(() => undefined);
      throw thrown;
    }
  });
}

/** False when this run has the same content already. @throws any other error */
function isContentKnown(thrown: unknown): boolean {
  if (databaseCode(thrown) === '23505') return false;
  throw thrown;
}

async function writeChunks(
  run: (text: string, values: readonly unknown[]) => Promise<unknown>,
  key: BlobKey,
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly position: number; readonly storedBytes: number }> {
  let position = 0;
  let storedBytes = 0;
  for await (const data of chunks) {
    await run('insert into blob_chunks (workspace_id, blob_id, position, data) values ($1, $2, $3, $4)', [
      key.workspaceId,
      key.blobId,
      position,
      Buffer.from(data.buffer, data.byteOffset, data.byteLength),
    ]);
    position += 1;
    storedBytes += data.byteLength;
  }
  return { position, storedBytes };
}

/** One chunk's stored bytes, or null past the end. */
export async function chunk(db: Queryable, key: BlobKey, position: number): Promise<Uint8Array | null> {
  const row = firstOf(
    await db.query<{ data: Buffer }>(
      'select data from blob_chunks where workspace_id = $1 and blob_id = $2 and position = $3',
      [key.workspaceId, key.blobId, position],
      'blob_chunk',
    ),
  );
  return row?.data ?? null;
}

function toInfo(row: Row): BlobInfo {
  return {
    id: row.id,
    runId: row.run_id,
    kind: row.kind,
    sha256: row.sha256,
    sizeBytes: Number(row.size_bytes),
    storedBytes: Number(row.stored_bytes),
    itemCount: row.item_count,
    mediaType: row.media_type,
    chunks: row.chunks,
  };
}

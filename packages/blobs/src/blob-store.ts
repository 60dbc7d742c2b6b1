import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { newId, UserError, InvariantError, type BlobId, type JsonValue, type RunId, type WorkspaceId } from '@millwright/core';
import { blobs as table, type ExecutorDb, type Queryable } from '@millwright/db';

/** Plain bytes per chunk: what is held compressed at a time, and what one row stores. */
const CHUNK_BYTES = 1024 * 1024;
/** The largest list, in bytes of JSON. Larger ones need paging at their source. */
export const MAX_LIST_BYTES = 64 * 1024 * 1024;

const compress = promisify(deflateRaw);
const decompress = promisify(inflateRaw);

/** Whose data a blob is; it lives as long as the run. */
export interface BlobOwner {
  readonly workspaceId: WorkspaceId;
  readonly runId: RunId;
}

/** Stored lists of items. The same list stored twice for a run is one blob. */
export interface BlobStore {
  /**
   * Stores a list.
   * @throws UserError `items_too_large` over 64 MiB of JSON; TransientError `database_unavailable`
   */
  readonly putItems: (owner: BlobOwner, items: readonly JsonValue[]) => Promise<BlobId>;
  /**
   * Reads a list.
   * @throws InvariantError `blob_missing`, `blob_damaged`; TransientError `database_unavailable`
   */
  readonly getItems: (owner: Pick<BlobOwner, 'workspaceId'>, blobId: BlobId) => Promise<readonly JsonValue[]>;
}

function tooLarge(sizeBytes: number): UserError {
  return new UserError('tooLarge', {
    code: 'items_too_large',
    message: `a list of items has ${sizeBytes} bytes, more than ${MAX_LIST_BYTES}`,
    hint: 'Fetch the data in pages, or keep only the fields that later steps need.',
    details: { sizeBytes, maxBytes: MAX_LIST_BYTES },
  });
}

async function compressed(bytes: Buffer): Promise<readonly Buffer[]> {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) chunks.push(await compress(bytes.subarray(at, at + CHUNK_BYTES), { level: 1 }));
  return chunks;
}

async function putItems(db: ExecutorDb, owner: BlobOwner, items: readonly JsonValue[]): Promise<BlobId> {
  const bytes = Buffer.from(JSON.stringify(items));
  if (bytes.length > MAX_LIST_BYTES) throw tooLarge(bytes.length);
  const key = { workspaceId: owner.workspaceId, runId: owner.runId, kind: 'items' as const, sha256: createHash('sha256').update(bytes).digest('hex') };
  const found = await table.findByContent(db, key);
  if (found) return found.id;
  const chunks = await compressed(bytes);
  const storedBytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return table.insert(
    db,
    { ...key, id: newId('blob'), sizeBytes: bytes.length, storedBytes, itemCount: items.length, mediaType: null, chunks: chunks.length },
    chunks,
  );
}

async function getItems(db: Queryable, workspaceId: WorkspaceId, blobId: BlobId): Promise<readonly JsonValue[]> {
  const key = { workspaceId, blobId };
  const info = await table.info(db, key);
  if (!info) throw new InvariantError({ code: 'blob_missing', message: `no blob ${blobId}`, hint: 'Its retention is over.' });
  const parts: Buffer[] = [];
  for (let position = 0; position < info.chunks; position++) {
    const chunk = await table.chunk(db, key, position);
    if (!chunk) throw new InvariantError({ code: 'blob_damaged', message: `blob ${blobId} lacks chunk ${position}` });
    parts.push(await decompress(chunk));
  }
  const bytes = Buffer.concat(parts);
  if (createHash('sha256').update(bytes).digest('hex') !== info.sha256) throw new InvariantError({ code: 'blob_damaged', message: `blob ${blobId} has another hash` });
  return JSON.parse(bytes.toString('utf8')) as readonly JsonValue[];
}

/** The blob store over Postgres. Reading takes any role that sees the rows; writing the executor's. */
export function createBlobStore(db: ExecutorDb): BlobStore {
  return {
    putItems: (owner, items) => putItems(db, owner, items),
    getItems: ({ workspaceId }, blobId) => getItems(db, workspaceId, blobId),
  };
}


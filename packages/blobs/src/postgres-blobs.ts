import { createHash, type Hash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { InvariantError, UserError } from '@millwright/core';
import { blobs, type ExecutorDb } from '@millwright/db';
import type { BlobStore, StoredBlob } from './blob-store.ts';

/** Most that one list may measure as JSON. */
export const MAX_LIST_BYTES = 64 * 1024 * 1024;
/** Most that one file may measure. */
export const MAX_FILE_BYTES = 100 * 1024 * 1024;
/** Content per stored chunk, before compression; a single larger item makes a larger chunk. */
const CHUNK_BYTES = 1024 * 1024;

const deflate = promisify(deflateRaw) as (data: Uint8Array, options: { readonly level: number }) => Promise<Buffer>;
const inflate = promisify(inflateRaw) as (data: Uint8Array, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

/**
 * Blobs in Postgres, as the executor role.
 * @param db `database.executor`
 */
export function createPostgresBlobs(db: ExecutorDb): BlobStore {
  return {
    putItems: async (scope, items) => {
      const meter = new Meter(MAX_LIST_BYTES, 'items_too_large');
      const info = await blobs.write(
        db,
        { ...scope, kind: 'items', mediaType: null },
        {
          chunks: compressed(itemChunks(items), meter),
          seal: () => ({ ...meter.result(), itemCount: items.length }),
        },
      );
      return toStored(info);
    },
    getItems: async (at, window) => readItems(db, at, window),
    putFile: async (scope, file) => {
      const meter = new Meter(MAX_FILE_BYTES, 'file_too_large');
      const info = await blobs.write(
        db,
        { ...scope, kind: 'file', mediaType: file.mediaType },
        {
          chunks: compressed(fileChunks(file.content), meter),
          seal: () => ({ ...meter.result(), itemCount: null }),
        },
      );
      return toStored(info);
    },
    getFile: async (at) => {
      const info = await find(db, at, 'file');
      return { ...toStored(info), mediaType: info.mediaType ?? 'application/octet-stream', content: () => verified(db, at, info) };
    },
  };
}

type BlobKey = Parameters<BlobStore['getItems']>[0];

/** Counts and hashes what goes by. */
class Meter {
  readonly #maxBytes: number;
  readonly #code: string;
  readonly #hash: Hash = createHash('sha256');
  #sizeBytes = 0;

  constructor(maxBytes: number, code: string) {
    this.#maxBytes = maxBytes;
    this.#code = code;
  }

  add(data: Uint8Array): void {
    this.#sizeBytes += data.byteLength;
    if (this.#sizeBytes > this.#maxBytes) {
      throw new UserError('tooLarge', {
        code: this.#code,
        message: `more than ${String(this.#maxBytes)} bytes in one ${this.#code.startsWith('items') ? 'list' : 'file'}`,
        hint: 'Split the data into smaller parts, or keep only the fields that later steps need.',
        details: { maxBytes: this.#maxBytes },
      });
    }
    this.#hash.update(data);
  }

  result(): { readonly sha256: string; readonly sizeBytes: number } {
    return { sha256: this.#hash.digest('hex'), sizeBytes: this.#sizeBytes };
  }
}

/** One chunk = a JSON list of consecutive items. */
function* itemChunks(items: readonly unknown[]): Iterable<Buffer> {
  let texts: string[] = [];
  let size = 0;
  for (const item of items) {
    const text = JSON.stringify(item);
    texts.push(text);
    size += text.length;
    if (size < CHUNK_BYTES) continue;
    yield Buffer.from(`[${texts.join(',')}]`);
    texts = [];
    size = 0;
  }
  if (texts.length > 0) yield Buffer.from(`[${texts.join(',')}]`);
}

/** Whatever sizes a stream comes in, chunks of one size. */
async function* fileChunks(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of content) {
    for (let from = 0; from < part.byteLength;) {
      const piece = part.subarray(from, from + CHUNK_BYTES - size);
      parts.push(piece);
      size += piece.byteLength;
      from += piece.byteLength;
      if (size < CHUNK_BYTES) continue;
      yield Buffer.concat(parts);
      parts = [];
      size = 0;
    }
  }
  if (size > 0) yield Buffer.concat(parts);
}

async function* compressed(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, meter: Meter): AsyncIterable<Uint8Array> {
  for await (const chunk of chunks) {
    meter.add(chunk);
    yield await deflate(chunk, { level: 3 });
  }
}

async function readItems(
  db: ExecutorDb,
  at: BlobKey,
  window: { readonly offset: number; readonly limit: number } | undefined,
): Promise<readonly unknown[]> {
  const info = await find(db, at, 'items');
  const from = window?.offset ?? 0;
  const to = window === undefined ? Number.POSITIVE_INFINITY : from + window.limit;
  const wanted: unknown[] = [];
  let position = 0;
  for await (const chunk of verified(db, at, info)) {
    const items: unknown = JSON.parse(Buffer.from(chunk).toString('utf8'));
    if (!Array.isArray(items)) throw damaged(at);
    wanted.push(...(items as readonly unknown[]).slice(Math.max(0, from - position), Math.max(0, to - position)));
    position += items.length;
    if (position >= to) break;
  }
  return wanted;
}

/** The content, chunk by chunk; read to its end, it is known to be what was stored. */
async function* verified(db: ExecutorDb, at: BlobKey, info: blobs.BlobInfo): AsyncIterable<Uint8Array> {
  const hash = createHash('sha256');
  for (let position = 0; position < info.chunks; position++) {
    const stored = await blobs.chunk(db, at, position);
    if (stored === null) throw gone(at);
    const chunk = await inflate(stored, { maxOutputLength: MAX_FILE_BYTES }).catch((cause: unknown) => {
      throw damaged(at, cause);
    });
    hash.update(chunk);
    if (position === info.chunks - 1 && hash.digest('hex') !== info.sha256) throw damaged(at);
    yield chunk;
  }
}

async function find(db: ExecutorDb, at: BlobKey, kind: 'items' | 'file'): Promise<blobs.BlobInfo> {
  const info = await blobs.info(db, at);
  if (info?.kind !== kind) throw gone(at);
  return info;
}

function gone(at: BlobKey): UserError {
  return new UserError('notFound', {
    code: 'blob_gone',
    message: 'stored data is not there any more',
    hint: 'Retention has removed it with its run.',
    details: { blobId: at.blobId },
  });
}

function damaged(at: BlobKey, cause?: unknown): InvariantError {
  return new InvariantError({
    code: 'blob_damaged',
    message: `blob ${at.blobId} is not what was stored`,
    details: { blobId: at.blobId },
    cause,
  });
}

function toStored(info: blobs.BlobInfo): StoredBlob {
  return { blobId: info.id, sizeBytes: info.sizeBytes, sha256: info.sha256, count: info.itemCount };
}

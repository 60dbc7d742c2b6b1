import type { BlobId, RunId, WorkspaceId } from '@millwright/core';

/** Whose a blob is: it lives as long as its run. */
export interface BlobScope {
  readonly workspaceId: WorkspaceId;
  readonly runId: RunId;
}

/** What was stored. */
export interface StoredBlob {
  readonly blobId: BlobId;
  /** Before compression. */
  readonly sizeBytes: number;
  /** Hex, of the content before compression. */
  readonly sha256: string;
  /** Items in it; null for files. */
  readonly count: number | null;
}

/** A stored file. */
export interface BlobFile extends StoredBlob {
  readonly mediaType: string;
  /** Its bytes, a chunk at a time; never whole in memory. @throws as `getItems` */
  readonly content: () => AsyncIterable<Uint8Array>;
}

/**
 * Stored items and files, addressed by id, the same content once per run. Postgres now; a store for objects can follow.
 * Every method throws TransientError `database_unavailable` while the store is away.
 */
export interface BlobStore {
  /**
   * Stores a list in chunks. Items are whatever JSON can say.
   * @throws UserError `items_too_large` above 64 MiB of JSON
   */
  readonly putItems: (scope: BlobScope, items: readonly unknown[]) => Promise<StoredBlob>;
  /**
   * Reads a list, or a window of it without decoding what comes after.
   * @throws UserError `blob_gone` when retention took it; InvariantError `blob_damaged` when bytes are not those stored
   */
  readonly getItems: (
    at: { readonly workspaceId: WorkspaceId; readonly blobId: BlobId },
    window?: { readonly offset: number; readonly limit: number },
  ) => Promise<readonly unknown[]>;
  /**
   * Stores a file as it streams in.
   * @throws UserError `file_too_large` above 100 MiB; whatever `content` throws, and nothing is stored
   */
  readonly putFile: (
    scope: BlobScope,
    file: { readonly content: AsyncIterable<Uint8Array>; readonly mediaType: string },
  ) => Promise<StoredBlob>;
  /** Finds a file. @throws UserError `blob_gone` */
  readonly getFile: (at: { readonly workspaceId: WorkspaceId; readonly blobId: BlobId }) => Promise<BlobFile>;
}

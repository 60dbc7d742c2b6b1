export { type BlobFile, type BlobScope, type BlobStore, type StoredBlob } from './blob-store.ts';
export { createPostgresBlobs, MAX_FILE_BYTES, MAX_LIST_BYTES } from './postgres-blobs.ts';

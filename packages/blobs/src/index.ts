export { createBlobStore, MAX_LIST_BYTES, type BlobOwner, type BlobStore } from './blob-store.ts';

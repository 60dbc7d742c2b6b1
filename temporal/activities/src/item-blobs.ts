import type { BlobStore } from '@millwright/blobs';
import type { ExecutorPorts } from '@millwright/executor';
import type { Item } from '@millwright/workflow';

/** Lists of items in the blob store, as the executor wants them. Items are JSON; files are handles in them. */
export function createItemBlobs(store: BlobStore): ExecutorPorts['blobs'] {
  return {
    put: async (header, items) => (await store.putItems(header, items)).blobId,
    get: async ({ workspaceId }, blobId) => (await store.getItems({ workspaceId, blobId })) as readonly Item[],
  };
}

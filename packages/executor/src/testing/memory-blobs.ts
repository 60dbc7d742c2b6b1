import { newId } from '@millwright/core';
import type { Item } from '@millwright/workflow';
import { copied } from './copied.ts';
import type { ExecutorPorts } from '../ports.ts';

/** Blobs in memory. */
export class MemoryBlobs {
  readonly stored = new Map<string, readonly Item[]>();

  readonly put: ExecutorPorts['blobs']['put'] = async (_header, items) => {
    const id = newId('blob');
    this.stored.set(id, copied(items));
    return id;
  };

  readonly get: ExecutorPorts['blobs']['get'] = async (_header, blobId) => {
    const items = this.stored.get(blobId);
    if (items === undefined) throw new Error(`no blob ${blobId}`);
    return items;
  };
}

import type { Item } from '@millwright/workflow';

/** A list of items in memory, with where each came from. */
export interface ItemList {
  /** `nodeId:runIndex:port`. */
  readonly id: string;
  /** Node whose output it is. */
  readonly nodeId: string;
  readonly items: readonly Item[];
  /** By node that some expression reads. */
  readonly origins: ReadonlyMap<string, ListOrigin>;
  /** Bytes as JSON; measured when first needed. */
  sizeBytes?: number;
  /** Set once it was asked to be stored. */
  blobId?: Promise<string>;
}

/** Where the items of a list come from. */
export interface ListOrigin {
  /** `nodeId:runIndex:port` of the earlier list. */
  readonly ref: string;
  /** The list itself, while it is in memory. */
  readonly list?: ItemList;
  /** Position of each item's origin, −1 where it cannot be told; absent: the same position. */
  readonly at?: readonly number[];
  /** Further lists, where several were brought together. */
  readonly more?: readonly { readonly ref: string; readonly list?: ItemList }[];
  /** Which list each item comes from: 0 is `ref`, n is `more[n - 1]`; absent: all from `ref`. */
  readonly of?: readonly number[];
}

/** Bytes of a list as JSON. */
export function sizeOf(list: ItemList): number {
  list.sizeBytes ??= Buffer.byteLength(JSON.stringify(list.items));
  return list.sizeBytes;
}

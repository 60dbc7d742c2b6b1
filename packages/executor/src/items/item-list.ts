import { setImmediate } from 'node:timers/promises';
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
  /** The list that it is the beginning of: what its items come from stays that list. Absent: it is whole. */
  readonly whole?: ItemList;
  /** Bytes as JSON; measured when first needed. */
  sizeBytes?: number;
  /** Set once it was asked to be stored. */
  blobId?: Promise<string>;
}

/** A list with its first item only, where it has more. */
export function firstOf(list: ItemList): ItemList {
  const { id, nodeId, items, origins } = list;
  return items.length > 1 ? { id, nodeId, items: items.slice(0, 1), origins, whole: list } : list;
}

/** Where the items of a list come from. */
export interface ListOrigin {
  /** `nodeId:runIndex:port` of the earlier list. */
  readonly ref: string;
  /** The list itself, while it is in memory. */
  readonly list?: ItemList;
  /** Position of each item's origin, −1 where it cannot be told, −2 where it has none; absent: the same position. */
  readonly at?: readonly number[];
  /** Further lists, where several were brought together. */
  readonly more?: readonly { readonly ref: string; readonly list?: ItemList }[];
  /** Which list each item comes from: 0 is `ref`, n is `more[n - 1]`; absent: all from `ref`. */
  readonly of?: readonly number[];
}

/** Bytes after which measuring lets others go on: about a millisecond's work. */
const TURN_BYTES = 256 * 1024;

/** Bytes of a list as JSON, when there are at most so many; undefined when there are more. Does not read a large list to its end. */
export function smallSizeOf(list: ItemList, mostBytes: number): number | undefined {
  if (list.sizeBytes === undefined && leastBytes(list.items, mostBytes) <= mostBytes)
    list.sizeBytes = Buffer.byteLength(JSON.stringify(list.items));
  return list.sizeBytes !== undefined && list.sizeBytes <= mostBytes ? list.sizeBytes : undefined;
}

/** Bytes of a list as JSON. Others go on meanwhile. */
export async function sizeOf(list: ItemList): Promise<number> {
  if (list.sizeBytes !== undefined) return list.sizeBytes;
  let total = list.items.length + 1;
  let sinceTurn = 0;
  for (const item of list.items) {
    const bytes = Buffer.byteLength(JSON.stringify(item));
    total += bytes;
    sinceTurn += bytes;
    if (sinceTurn < TURN_BYTES) continue;
    sinceTurn = 0;
    await setImmediate();
  }
  list.sizeBytes = Math.max(2, total);
  return list.sizeBytes;
}

/** Bytes that a value has at least as JSON; stops counting above a limit. */
function leastBytes(value: unknown, mostBytes: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 1;
  let total = 2;
  if (Array.isArray(value)) {
    total += value.length;
    for (let index = 0; index < value.length && total <= mostBytes; index++) total += leastBytes(value[index], mostBytes - total);
    return total;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (total > mostBytes) return total;
    if (inner !== undefined) total += key.length + 3 + leastBytes(inner, mostBytes - total);
  }
  return total;
}

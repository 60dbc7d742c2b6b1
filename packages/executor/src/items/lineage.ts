import type { Item } from '@millwright/workflow';
import type { ItemList, ListOrigin } from './item-list.ts';
import { originsFrom } from './origins.ts';

/**
 * Origins of a list that was made from another one.
 * @param items the new list; `from` holds positions in `input`, absent means the same position
 * @param isRead whether some expression reads a node; others are not tracked
 */
export function originsOf(items: readonly Item[], input: ItemList, isRead: (nodeId: string) => boolean): ReadonlyMap<string, ListOrigin> {
  const isSame = items.every((item, index) => item.from === undefined && index < input.items.length);
  if (!isSame) {
    const sourcesOf = (index: number) => (items[index]?.from ?? [index]).map((position) => ({ list: input, position }));
    return originsFrom({ count: items.length, sourcesOf, lists: [input] }, isRead);
  }
  const origins = new Map([...input.origins].filter(([nodeId]) => isRead(nodeId)));
  if (isRead(input.nodeId)) origins.set(input.nodeId, { ref: input.id, list: input.whole ?? input });
  return origins;
}

/** The item without where it came from: the same one where it does not say. */
export function unmarked(item: Item): Item {
  if (item.from === undefined) return item;
  const { json, files, error } = item;
  if (files === undefined && error === undefined) return { json };
  return { json, ...(files === undefined ? {} : { files }), ...(error === undefined ? {} : { error }) };
}

/**
 * An item that an input item led to, marked with it.
 * @param position where it will stand in the output list
 */
export function markedFrom(item: Item, itemIndex: number, position: number): Item {
  const { from } = item;
  if (from === undefined) return position === itemIndex ? item : { ...item, from: [itemIndex] };
  return from.length === 1 && from[0] === position ? unmarked(item) : item;
}

/**
 * Fills in where an item of a call for a whole list came from, when the node does not say:
 * all from the only item, or the only one from all. Otherwise it cannot be told.
 */
export function markedWhole(item: Item, { inputCount, outputCount }: { readonly inputCount: number; readonly outputCount: number }): Item {
  if (item.from !== undefined) return item;
  if (inputCount === 1) return { ...item, from: [0] };
  return { ...item, from: outputCount === 1 ? Array.from({ length: inputCount }, (_, index) => index) : [] };
}

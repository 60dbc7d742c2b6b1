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
  if (isRead(input.nodeId)) origins.set(input.nodeId, { ref: input.id, list: input });
  return origins;
}

/**
 * Items that one input item led to, marked with it.
 * @param start how many items are before them in the output list
 */
export function markFrom(items: readonly Item[], itemIndex: number, start: number): Item[] {
  return items.map((item, index) => {
    const { from, ...rest } = item;
    const source = from ?? [itemIndex];
    return source.length === 1 && source[0] === start + index ? rest : { ...rest, from: source };
  });
}

/**
 * Fills in where the items of a call for a whole list came from, when the node does not say:
 * all from the only item, or the only one from all. Otherwise it cannot be told.
 */
export function markWhole(items: readonly Item[], inputCount: number): Item[] {
  return items.map((item) => {
    if (item.from !== undefined) return item;
    if (inputCount === 1) return { ...item, from: [0] };
    return { ...item, from: items.length === 1 ? Array.from({ length: inputCount }, (_, index) => index) : [] };
  });
}

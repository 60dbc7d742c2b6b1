import { InvariantError, isJsonObject } from '@millwright/core';
import type { ListPart } from '@millwright/engine/advance';
import type { DataRef, Item, RunError } from '@millwright/workflow';
import type { ItemList } from './item-list.ts';
import type { ItemStore } from './item-store.ts';
import { originsFrom, type Source } from './origins.ts';

/** Puts a list together as the engine says. @throws InvariantError when a list that it is taken from is not in memory */
export function compose(store: ItemStore, ref: DataRef, parts: readonly ListPart[]): void {
  const items: Item[] = [];
  const sources: (readonly Source[])[] = [];
  const lists = new Set<ItemList>();
  for (const part of parts) {
    const list = part.ref === undefined ? undefined : find(store, part.ref);
    if (list === undefined) {
      items.push(madeItem(part));
      const of = part.of === undefined ? undefined : find(store, part.of);
      if (of !== undefined) lists.add(of);
      sources.push(of === undefined ? [] : positionsOf(part, of).map((position) => ({ list: of, position })));
      continue;
    }
    lists.add(list);
    const first = part.at ?? 0;
    const end = part.at === undefined ? list.items.length : part.at + 1;
    for (let position = first; position < end; position++) {
      items.push(takenItem(list.items[position] ?? { json: {} }, part));
      sources.push([{ list, position }]);
    }
  }
  const sourcesOf = (index: number): readonly Source[] => sources[index] ?? [];
  const origins = originsFrom({ count: items.length, sourcesOf, lists: [...lists] }, (id) => store.isRead(id));
  store.putList({ id: ref.id, nodeId: ref.id.split(':')[0] ?? '', items, origins });
}

function find(store: ItemStore, { id }: DataRef): ItemList {
  const list = store.find(id);
  if (list === undefined) throw new InvariantError({ code: 'items_lost', message: `nothing holds the items of ${id}` });
  return list;
}

/** Where in a list an item comes from that stands for some of it. */
function positionsOf({ from }: ListPart, of: ItemList): readonly number[] {
  return from === undefined || from === 'kept' || from.length === 0 ? [...of.items.keys()] : from;
}

function madeItem({ error, from }: ListPart): Item {
  const place = from === undefined || from === 'kept' ? {} : { from };
  if (error === undefined) return { json: {}, ...place };
  const told = toldOf(error);
  return { json: { error: told }, error: told, ...place };
}

function takenItem(item: Item, { error, from }: ListPart): Item {
  const { from: own, ...rest } = item;
  const place = from === 'kept' ? own : from;
  const told = error === undefined ? undefined : toldOf(error);
  const failed = told === undefined ? {} : { json: { ...(isJsonObject(rest.json) ? rest.json : {}), error: told }, error: told };
  return { ...rest, ...failed, ...(place === undefined ? {} : { from: place }) };
}

/** What items tell of a failure: what it was, and which node. */
function toldOf({ code, message, hint, nodeId }: RunError) {
  return { code, message, ...(hint === undefined ? {} : { hint }), ...(nodeId === undefined ? {} : { nodeId }) };
}

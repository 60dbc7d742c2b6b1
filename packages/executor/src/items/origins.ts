import type { ItemList, ListOrigin } from './item-list.ts';

/** An item of a list. */
export interface Source {
  readonly list: ItemList;
  readonly position: number;
}

/** A list that an origin names, with a position in it. */
export interface OriginPlace {
  readonly ref: string;
  readonly list?: ItemList;
  readonly position: number;
}

/** Lists that one origin tells apart; items of further ones cannot be told. */
const MAX_LISTS = 100;

/** The item of an earlier list that an item goes back to; undefined where it cannot be told. */
export function placeOf(origin: ListOrigin, index: number): OriginPlace | undefined {
  const position = origin.at === undefined ? index : (origin.at[index] ?? -1);
  const number = origin.of?.[index] ?? 0;
  const named = number === 0 ? origin : origin.more?.[number - 1];
  if (position < 0 || named === undefined) return undefined;
  return { ref: named.ref, position, ...(named.list === undefined ? {} : { list: named.list }) };
}

/**
 * Origins of a list whose items were made from items of other lists.
 * @param count its items
 * @param sourcesOf what each was made from; several that go back to one item are one
 * @param lists every list that they name
 * @param isRead whether some expression reads a node; others are not tracked
 */
export function originsFrom(
  {
    count,
    sourcesOf,
    lists,
  }: { readonly count: number; readonly sourcesOf: (index: number) => readonly Source[]; readonly lists: readonly ItemList[] },
  isRead: (nodeId: string) => boolean,
): ReadonlyMap<string, ListOrigin> {
  const origins = new Map<string, ListOrigin>();
  const tracked = new Set(lists.flatMap((list) => [list.nodeId, ...list.origins.keys()]).filter(isRead));
  for (const nodeId of tracked) {
    const column = new Column();
    for (let index = 0; index < count; index++) column.add(onlyPlace(nodeId, sourcesOf(index)));
    const origin = column.origin();
    if (origin !== undefined) origins.set(nodeId, origin);
  }
  return origins;
}

/** The one item of a node that all these go back to; those that know none do not count. */
function onlyPlace(nodeId: string, sources: readonly Source[]): OriginPlace | undefined {
  let only: OriginPlace | undefined;
  for (const { list, position } of sources) {
    if (list.nodeId === nodeId) {
      if (position >= list.items.length || position < 0) return undefined;
      if (only !== undefined && (only.ref !== list.id || only.position !== position)) return undefined;
      only = { ref: list.id, list, position };
      continue;
    }
    const origin = list.origins.get(nodeId);
    if (origin === undefined) continue;
    const place = placeOf(origin, position);
    if (place === undefined || (only !== undefined && (only.ref !== place.ref || only.position !== place.position))) return undefined;
    only = place;
  }
  return only;
}

/** Positions of one origin while they are written down. */
class Column {
  readonly #refs: { readonly ref: string; readonly list?: ItemList }[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #at: number[] = [];
  readonly #of: number[] = [];

  add(place: OriginPlace | undefined): void {
    const number = place === undefined ? undefined : this.#numberOf(place);
    this.#at.push(place === undefined || number === undefined ? -1 : place.position);
    this.#of.push(number ?? 0);
  }

  #numberOf({ ref, list }: OriginPlace): number | undefined {
    const known = this.#numbers.get(ref);
    if (known !== undefined) return known;
    if (this.#refs.length >= MAX_LISTS) return undefined;
    const number = this.#refs.push({ ref, ...(list === undefined ? {} : { list }) }) - 1;
    this.#numbers.set(ref, number);
    return number;
  }

  origin(): ListOrigin | undefined {
    const [first, ...more] = this.#refs;
    if (first === undefined) return undefined;
    const isSame = this.#at.every((position, index) => position === index);
    return { ...first, ...(isSame ? {} : { at: this.#at }), ...(more.length === 0 ? {} : { more, of: this.#of }) };
  }
}

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

/** A list that an origin names. */
interface ListPlace {
  readonly ref: string;
  readonly list?: ItemList;
}

/** Lists that one origin tells apart; items of further ones cannot be told. */
const MAX_LISTS = 100;
/** Instead of a position: it cannot be told. */
const UNKNOWN = -1;
/** Instead of a position: it comes from no item of the node, so it does not count where items are brought together. */
const APART = -2;

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
    const column = new Column(listOf(nodeId, lists));
    for (let index = 0; index < count; index++) column.add(onlyPlace(nodeId, sourcesOf(index)));
    const origin = column.origin();
    if (origin !== undefined) origins.set(nodeId, origin);
  }
  return origins;
}

/** A list of a node that some of these lists come from. */
function listOf(nodeId: string, lists: readonly ItemList[]): ListPlace | undefined {
  const own = lists.find((list) => list.nodeId === nodeId);
  return own === undefined
    ? lists.map((list) => list.origins.get(nodeId)).find((one) => one !== undefined)
    : { ref: own.id, list: own.whole ?? own };
}

/** The one item of a node that all these go back to; those that come from none do not count. */
function onlyPlace(nodeId: string, sources: readonly Source[]): OriginPlace | typeof UNKNOWN | typeof APART {
  let only: OriginPlace | undefined;
  for (const { list, position } of sources) {
    if (list.nodeId === nodeId) {
      if (position >= list.items.length || position < 0) return UNKNOWN;
      if (only !== undefined && (only.ref !== list.id || only.position !== position)) return UNKNOWN;
      only = { ref: list.id, list: list.whole ?? list, position };
      continue;
    }
    const origin = list.origins.get(nodeId);
    if (origin === undefined || origin.at?.[position] === APART) continue;
    const place = placeOf(origin, position);
    if (place === undefined || (only !== undefined && (only.ref !== place.ref || only.position !== place.position))) return UNKNOWN;
    only = place;
  }
  return only ?? (sources.length === 0 ? UNKNOWN : APART);
}

/** Positions of one origin while they are written down. */
class Column {
  readonly #any: ListPlace | undefined;
  readonly #refs: ListPlace[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #at: number[] = [];
  readonly #of: number[] = [];

  /** @param any a list to name where no position is known */
  constructor(any: ListPlace | undefined) {
    this.#any = any;
  }

  add(place: OriginPlace | typeof UNKNOWN | typeof APART): void {
    const number = typeof place === 'number' ? undefined : this.#numberOf(place);
    this.#at.push(typeof place === 'number' ? place : number === undefined ? UNKNOWN : place.position);
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
    const [first = this.#any, ...more] = this.#refs;
    if (first === undefined || this.#at.every((position) => position === APART)) return undefined;
    const isSame = this.#at.every((position, index) => position === index);
    const { ref, list } = first;
    const named = { ref, ...(list === undefined ? {} : { list }) };
    return { ...named, ...(isSame ? {} : { at: this.#at }), ...(more.length === 0 ? {} : { more, of: this.#of }) };
  }
}

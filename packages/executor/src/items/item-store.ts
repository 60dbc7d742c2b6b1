import { InvariantError } from '@millwright/core';
import type { DataRef, Item, Origin, RunHeader, RunState, ScopeInstance } from '@millwright/workflow';
import type { ExecutorPorts } from '../ports.ts';
import { sizeOf, smallSizeOf, type ItemList, type ListOrigin } from './item-list.ts';
import { originsOf } from './lineage.ts';

/** Largest list that travels inside a state or a record. */
const INLINE_BYTES = 16 * 1024;
/** Bytes of all inline lists of one state. */
const STATE_BYTES = 48 * 1024;
/** Positions of one list that a state carries; beyond them lineage is forgotten. */
const ORIGIN_POSITIONS = 1000;

/** Where items are made: their node run, and what they were made from. */
export interface MadeBy {
  readonly nodeId: string;
  readonly runIndex: number;
  readonly port: string;
  /** The list that `from` counts in; null when there is none, or more than one. */
  readonly input: ItemList | null;
}

interface SmallRefs {
  readonly inputs: Readonly<Record<string, DataRef>>;
  readonly outputs: Readonly<Record<string, DataRef>>;
}

/** The items of one open segment: in memory; read from and written to the blob store where they are large. */
export class ItemStore {
  readonly #header: RunHeader;
  readonly #blobs: ExecutorPorts['blobs'];
  readonly #isRead: (nodeId: string) => boolean;
  readonly #lists = new Map<string, ItemList>();

  constructor(header: RunHeader, blobs: ExecutorPorts['blobs'], isRead: (nodeId: string) => boolean) {
    this.#header = header;
    this.#blobs = blobs;
    this.#isRead = isRead;
  }

  /** Keeps items in memory; the handle holds none. */
  put(items: readonly Item[], by: MadeBy): DataRef {
    const id = `${by.nodeId}:${by.runIndex}:${by.port}`;
    const origins = by.input === null ? new Map() : originsOf(items, by.input, this.#isRead);
    this.#lists.set(id, { id, nodeId: by.nodeId, items, origins });
    return { id, count: items.length, sizeBytes: 0 };
  }

  /** Keeps items that were made from several lists; `origins` says where each came from. */
  putList(list: Pick<ItemList, 'id' | 'nodeId' | 'items' | 'origins'>): DataRef {
    this.#lists.set(list.id, list);
    return { id: list.id, count: list.items.length, sizeBytes: 0 };
  }

  /** Whether some expression reads a node's output. */
  isRead(nodeId: string): boolean {
    return this.#isRead(nodeId);
  }

  /** Gives a list that is handed on unchanged its new name. */
  alias(ref: DataRef, source: ItemList, nodeId: string): void {
    const items = source.items.some((item) => item.from !== undefined)
      ? source.items.map(({ from: _from, ...item }) => item)
      : source.items;
    this.#lists.set(ref.id, { ...source, id: ref.id, nodeId, items, origins: originsOf(items, source, this.#isRead) });
  }

  /** A list that is in memory. */
  find(id: string): ItemList | undefined {
    return this.#lists.get(id);
  }

  /** @throws TransientError when the blob store is away */
  async load(ref: DataRef): Promise<ItemList> {
    const known = this.#lists.get(ref.id);
    if (known !== undefined) return known;
    const items = ref.inline ?? (ref.blobId === undefined ? undefined : await this.#blobs.get(this.#header, ref.blobId));
    if (items === undefined) throw new InvariantError({ code: 'items_lost', message: `nothing holds the items of ${ref.id}` });
    const list: ItemList = {
      id: ref.id,
      nodeId: ref.id.split(':')[0] ?? '',
      items,
      origins: new Map(Object.entries(ref.origins ?? {}).map(([nodeId, origin]) => [nodeId, readOrigin(origin)])),
      ...(ref.blobId === undefined ? {} : { blobId: Promise.resolve(ref.blobId) }),
    };
    this.#lists.set(ref.id, list);
    return list;
  }

  /**
   * Brings into memory what the engine may put lists together from.
   * @throws TransientError when the blob store is away
   */
  async loadInputs({ active, scopes = [], remembered = [] }: RunState): Promise<void> {
    const inside = scopes.flatMap(({ collected, map }) => [collected, ...(map?.pieces.map((piece) => piece.ref) ?? [])]);
    const needed = [...active.flatMap((one) => Object.values(one.inputs)), ...inside, ...remembered.map((one) => one.ref)];
    await Promise.all(needed.flatMap((ref) => (ref === undefined ? [] : this.load(ref))));
  }

  /** Forgets lists that the state does not name; what lineage needs stays reachable from those. */
  keepOnly(state: RunState): void {
    const named = new Set(refsOf(state).map((ref) => ref.id));
    for (const id of this.#lists.keys()) if (!named.has(id)) this.#lists.delete(id);
  }

  /**
   * A handle that stands by itself: with the items when they are small, else with their blob.
   * @throws TransientError when the blob store is away
   */
  async stored(ref: DataRef): Promise<DataRef> {
    const list = this.#lists.get(ref.id);
    if (list === undefined) return withoutOrigins(ref);
    const bare = { id: ref.id, count: list.items.length };
    const sizeBytes = smallSizeOf(list, INLINE_BYTES);
    if (sizeBytes !== undefined) return { ...bare, sizeBytes, inline: list.items };
    return { ...bare, sizeBytes: await sizeOf(list), blobId: await this.#spill(list) };
  }

  /** `stored` for every port. */
  async storedAll(refs: Readonly<Record<string, DataRef>>): Promise<Readonly<Record<string, DataRef>>> {
    return Object.fromEntries(await Promise.all(Object.entries(refs).map(async ([port, ref]) => [port, await this.stored(ref)] as const)));
  }

  /** Handles with their items where these are small; of large ones only the counts. */
  smallOnly(
    inputs: Readonly<Record<string, DataRef>>,
    outputs: Readonly<Record<string, DataRef>>,
  ): { readonly refs: SmallRefs; readonly isAll: boolean } {
    let isAll = true;
    const small = (ref: DataRef): DataRef => {
      const list = this.#lists.get(ref.id);
      if (list === undefined) return withoutOrigins(ref);
      const known = { id: ref.id, count: list.items.length };
      const sizeBytes = smallSizeOf(list, INLINE_BYTES);
      if (sizeBytes !== undefined) return { ...known, sizeBytes, inline: list.items };
      isAll = false;
      return { ...known, sizeBytes: list.sizeBytes ?? 0 };
    };
    const each = (refs: Readonly<Record<string, DataRef>>) =>
      Object.fromEntries(Object.entries(refs).map(([port, ref]) => [port, small(ref)]));
    return { refs: { inputs: each(inputs), outputs: each(outputs) }, isAll };
  }

  /**
   * The state with every handle standing by itself, within the budget: the largest lists go to blobs first.
   * @throws TransientError when the blob store is away
   */
  async exported(state: RunState): Promise<RunState> {
    const handles = new Map<string, DataRef>();
    for (const ref of refsOf(state)) handles.set(ref.id, { ...(await this.stored(ref)), ...this.#originsFor(ref) });
    const uses = Map.groupBy(refsOf(state), (ref) => ref.id);
    const cost = (ref: DataRef): number => (ref.inline === undefined ? 0 : ref.sizeBytes * (uses.get(ref.id)?.length ?? 1));
    let total = [...handles.values()].reduce((sum, ref) => sum + cost(ref), 0);
    for (const ref of [...handles.values()].toSorted((a, b) => cost(b) - cost(a))) {
      if (total <= STATE_BYTES) break;
      const { inline: _inline, ...rest } = ref;
      handles.set(ref.id, { ...rest, blobId: await this.#spill(await this.load(ref)) });
      total -= cost(ref);
    }
    return mapRefs(state, (ref) => handles.get(ref.id) ?? ref);
  }

  #spill(list: ItemList): Promise<string> {
    if (list.blobId === undefined) {
      const stored = this.#blobs.put(this.#header, list.items);
      list.blobId = stored;
      stored.catch(() => delete list.blobId);
    }
    return list.blobId;
  }

  #originsFor(ref: DataRef): { origins?: Readonly<Record<string, Origin>> } {
    const list = this.#lists.get(ref.id);
    if (list === undefined) return ref.origins === undefined ? {} : { origins: ref.origins };
    const kept = [...list.origins].filter(([, origin]) => (origin.at?.length ?? 0) <= ORIGIN_POSITIONS);
    if (kept.length === 0) return {};
    return {
      origins: Object.fromEntries(kept.map(([nodeId, origin]) => [nodeId, writtenOrigin(origin)])),
    };
  }
}

function readOrigin({ more, ...origin }: Origin): ListOrigin {
  return { ...origin, ...(more === undefined ? {} : { more: more.map((ref) => ({ ref })) }) };
}

function writtenOrigin({ list: _list, more, ...origin }: ListOrigin): Origin {
  return { ...origin, ...(more === undefined ? {} : { more: more.map(({ ref }) => ref) }) };
}

function withoutOrigins(ref: DataRef): DataRef {
  const { origins: _origins, ...rest } = ref;
  return rest;
}

function refsOf(state: RunState): DataRef[] {
  const refs: DataRef[] = [];
  mapRefs(state, (ref) => {
    refs.push(ref);
    return ref;
  });
  return refs;
}

function inScope(scope: ScopeInstance, change: (ref: DataRef) => DataRef): ScopeInstance {
  const { collected, map, ...rest } = scope;
  const pieces = map?.pieces.map((piece) => (piece.ref === undefined ? piece : { ...piece, ref: change(piece.ref) })) ?? [];
  return {
    ...rest,
    ...(collected === undefined ? {} : { collected: change(collected) }),
    ...(map === undefined ? {} : { map: { ...map, pieces } }),
  };
}

function mapRefs(state: RunState, change: (ref: DataRef) => DataRef): RunState {
  const byPort = (ports: Readonly<Record<string, DataRef>>): Record<string, DataRef> =>
    Object.fromEntries(Object.entries(ports).map(([port, ref]) => [port, change(ref)]));
  const queues = (ports: Readonly<Record<string, readonly DataRef[]>>): Record<string, DataRef[]> =>
    Object.fromEntries(Object.entries(ports).map(([port, list]) => [port, list.map(change)]));
  return {
    ...state,
    active: state.active.map((one) => ({ ...one, inputs: byPort(one.inputs) })),
    arrivals: Object.fromEntries(Object.entries(state.arrivals).map(([nodeId, ports]) => [nodeId, queues(ports)])),
    outputs: Object.fromEntries(Object.entries(state.outputs).map(([nodeId, ports]) => [nodeId, byPort(ports)])),
    ...(state.memory === undefined
      ? {}
      : { memory: Object.fromEntries(Object.entries(state.memory).map(([key, one]) => [key, { ...one, lists: byPort(one.lists) }])) }),
    ...(state.scopes === undefined ? {} : { scopes: state.scopes.map((one) => inScope(one, change)) }),
    ...(state.remembered === undefined ? {} : { remembered: state.remembered.map((one) => ({ ...one, ref: change(one.ref) })) }),
  };
}

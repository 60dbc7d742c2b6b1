import { TransientError } from '@millwright/core';
import type { Given, ListsEnd, ListsRun, Part } from '@millwright/engine';
import { keyIn, type EngineEvent } from '@millwright/engine/advance';
import type { DataRef, Item, NodeMemory } from '@millwright/workflow';
import { firstOf, type ItemList } from '../items/item-list.ts';
import { originsFrom, type Source } from '../items/origins.ts';
import { Collected } from './collected.ts';
import type { Pacer } from './pacer.ts';
import { itemAt, overEvent, type NodeContext, type Prepared } from './prepared.ts';
import { toRunError } from './run-error.ts';

/** Items between two looks at the clock. */
const PACE = 100;
/** Marks lists that a node remembers: no node's id begins with it. */
const REMEMBERED = '~';

/** Runs a node over whole lists: merges, and what goes round with a memory. */
export class ListsNode {
  readonly #context: NodeContext;
  readonly #prepared: Prepared;
  readonly #pacer: Pacer;
  readonly #latestMs: number;

  constructor(context: NodeContext, prepared: Prepared, time: { readonly pacer: Pacer; readonly latestMs: number }) {
    this.#context = context;
    this.#prepared = prepared;
    this.#pacer = time.pacer;
    this.#latestMs = time.latestMs;
  }

  /** @throws TransientError when a blob cannot be read */
  async run(run: ListsRun): Promise<EngineEvent> {
    const lists = await this.#lists();
    try {
      const { given, end } = await this.#work(run, lists);
      return this.#completed(lists, given, end);
    } catch (thrown) {
      if (thrown instanceof TransientError) throw thrown;
      return this.#failed(thrown);
    }
  }

  async #work(run: ListsRun, lists: ReadonlyMap<string, ItemList>): Promise<{ readonly given: readonly Given[]; readonly end: ListsEnd }> {
    const { node, activation, parameters } = this.#prepared;
    const work = run({
      ports: node.inputs.map(({ port }) => port),
      lists: Object.fromEntries([...lists].map(([name, { items }]) => [name, items])),
      facts: this.#memory?.facts ?? null,
      more: activation.more === true,
      parameters: () => parameters.at(0),
    });
    const given: Given[] = [];
    for (let count = 0; ; count++) {
      const next = work.next();
      if (next.done === true) return { given, end: next.value };
      if (next.value !== undefined) given.push(next.value);
      if (next.value === undefined || count % PACE === 0) await this.#pacer.pause();
      if (this.#context.signal.aborted) return { given: [], end: {} };
    }
  }

  get #memory(): NodeMemory | undefined {
    const { nodeId, scope } = this.#prepared.activation;
    return this.#context.state().memory?.[keyIn(nodeId, scope)];
  }

  /** Arrived lists by port, cut where the node says so, and remembered ones by their names. */
  async #lists(): Promise<ReadonlyMap<string, ItemList>> {
    const { activation, node } = this.#prepared;
    const { store } = this.#context;
    const lists = new Map<string, ItemList>();
    for (const [port, ref] of Object.entries(activation.inputs)) {
      const full = await store.load(ref);
      lists.set(port, node.executeOnce ? firstOf(full) : full);
    }
    for (const [name, ref] of Object.entries(this.#memory?.lists ?? {})) lists.set(name, await store.load(ref));
    return lists;
  }

  #failed(thrown: unknown): EngineEvent {
    const { node, list } = this.#prepared;
    const error = toRunError(thrown, { nodeId: node.id });
    const collected = new Collected();
    collected.addError(node, error, { itemIndex: 0, inputCount: list.items.length, ...itemAt(list, 0) });
    return overEvent(this.#context, this.#prepared, { collected, error, atMs: this.#latestMs, final: false });
  }

  #completed(lists: ReadonlyMap<string, ItemList>, given: readonly Given[], end: ListsEnd): EngineEvent {
    const { nodeId, runIndex } = this.#prepared.activation;
    return {
      type: 'completed',
      nodeId,
      runIndex,
      outputs: this.#outputs(lists, given, end),
      ...(end.memory === undefined ? {} : { memory: this.#remembered(lists, end.memory) }),
      ...(end.progress === undefined ? {} : { progress: end.progress }),
    };
  }

  #outputs(lists: ReadonlyMap<string, ItemList>, given: readonly Given[], end: ListsEnd): Readonly<Record<string, DataRef>> {
    const { node } = this.#prepared;
    const made = new Map<string, Made>();
    for (const port of Object.keys(node.outputs)) if (port !== 'error' || node.onError !== 'branch') made.set(port, new Made(lists));
    for (const one of given) made.get(one.port)?.add(one);
    for (const [port, parts] of Object.entries(end.outputs ?? {})) for (const part of parts) made.get(port)?.addPart(part);
    const isEmpty = [...made.values()].every(({ items }) => items.length === 0);
    // A node that still goes round has not given what it always gives.
    const isOver = end.memory === undefined ? this.#memory === undefined : end.memory === null;
    const [first] = made.values();
    if (isEmpty && isOver && node.alwaysOutput) (made.get('main') ?? first)?.add({ port: 'main', item: { json: {} }, from: {} });
    return Object.fromEntries([...made].map(([port, one]) => [port, this.#put(port, one)]));
  }

  #put(port: string, made: Made): DataRef {
    const { nodeId, runIndex } = this.#prepared.activation;
    return this.#context.store.putList({ id: `${nodeId}:${runIndex}:${port}`, nodeId, items: made.items, origins: this.#origins(made) });
  }

  #origins(made: Made): ItemList['origins'] {
    const { store } = this.#context;
    return originsFrom({ count: made.items.length, sourcesOf: (index) => made.sources(index), lists: made.lists }, (id) =>
      store.isRead(id),
    );
  }

  /** A list handed on whole keeps its handle. */
  #remembered(lists: ReadonlyMap<string, ItemList>, memory: NonNullable<ListsEnd['memory']> | null): NodeMemory | null {
    if (memory === null) return null;
    const { nodeId, runIndex, inputs } = this.#prepared.activation;
    const kept: Record<string, DataRef> = {};
    for (const [name, parts] of Object.entries(memory.lists)) {
      const present = parts.filter(({ of, start = 0, end }) => Math.min(lists.get(of)?.items.length ?? 0, end ?? Infinity) > start);
      const [only] = present;
      const whole = only !== undefined && present.length === 1 && only.start === undefined ? lists.get(only.of) : undefined;
      const ref = whole === undefined || only === undefined ? undefined : (inputs[only.of] ?? this.#memory?.lists[only.of]);
      if (only === undefined) continue;
      if (whole !== undefined && ref?.count === whole.items.length && (only.end ?? ref.count) >= ref.count) {
        kept[name] = ref;
        continue;
      }
      const made = new Made(lists);
      for (const part of present) made.addPart(part);
      // Not a node's output: its id must not read as one.
      const id = `${REMEMBERED}${nodeId}:${runIndex}:${name}`;
      kept[name] = this.#context.store.putList({ id, nodeId: `${REMEMBERED}${nodeId}`, items: made.items, origins: this.#origins(made) });
    }
    return { lists: kept, facts: memory.facts };
  }
}

/** A list while it comes together, with what each item was made from. */
class Made {
  items: Item[] = [];
  readonly #named: ReadonlyMap<string, ItemList>;
  readonly #from: Given['from'][] = [];
  /** Stretches of lists, behind what was added item by item. */
  readonly #parts: { readonly list: ItemList; readonly start: number; readonly offset: number }[] = [];

  constructor(named: ReadonlyMap<string, ItemList>) {
    this.#named = named;
  }

  get lists(): readonly ItemList[] {
    return [...this.#named.values()];
  }

  add({ item, from }: Given): void {
    this.items.push(unmarked(item));
    this.#from.push(from);
  }

  addPart({ of, start = 0, end }: Part): void {
    const list = this.#named.get(of);
    if (list === undefined) return;
    this.#parts.push({ list, start, offset: this.items.length });
    const stretch = list.items.slice(start, end);
    // What is remembered was unmarked when it was first put there: a long loop copies handles, nothing else.
    this.items = this.items.concat(list.nodeId.startsWith(REMEMBERED) ? stretch : stretch.map(unmarked));
  }

  sources(index: number): readonly Source[] {
    const part = this.#parts.findLast(({ offset }) => offset <= index);
    if (part !== undefined) return [{ list: part.list, position: part.start + index - part.offset }];
    return Object.entries(this.#from[index] ?? {}).flatMap(([name, positions]) => {
      const list = this.#named.get(name);
      return list === undefined ? [] : positions.map((position) => ({ list, position }));
    });
  }
}

/** Positions in one input say nothing where there are several: the list itself knows where its items came from. */
function unmarked(item: Item): Item {
  return item.from?.length === 0 ? item : { ...item, from: [] };
}

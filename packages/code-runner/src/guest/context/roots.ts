import { failure } from './core.ts';
import { state, type GuestItem } from './state.ts';

interface NodeData {
  readonly items: GuestItem[];
  readonly paired?: readonly (number | null)[];
  readonly params?: Record<string, unknown>;
  readonly context?: Record<string, unknown>;
  readonly isExecuted?: boolean;
}

/** Items that came in, and the JSON of each, by position: what is returned unchanged keeps its lineage. */
export const positions = new Map<object, number>();

/** The files of items that came in. */
export const givenFiles = new Set<unknown>();

let nodes: Record<string, NodeData> | undefined;

/** The items of a node. @throws Error with the names there are */
function nodeOf(id: string): NodeData {
  nodes ??= JSON.parse(state.nodesText) as Record<string, NodeData>;
  const found = Object.hasOwn(nodes, id) ? nodes[id] : undefined;
  if (found === undefined) {
    const known = Object.keys(nodes).slice(0, 20).join(', ');
    throw failure('code_failed', `There is no node "${id}" before this one${known === '' ? '' : `; there is: ${known}`}`);
  }
  return found;
}

/** The position in a node's items that belongs to an input item. */
function matching(node: NodeData, index: number): GuestItem | undefined {
  const at = node.paired === undefined ? index : node.paired[index];
  return typeof at === 'number' ? node.items[at] : undefined;
}

function nodeView(id: string): object {
  const node = nodeOf(id);
  return {
    all: () => node.items,
    first: () => node.items[0],
    last: () => node.items.at(-1),
    itemMatching: (index: number) => matching(node, index),
    pairedItem: (index: number = state.itemIndex) => matching(node, index),
    get item() {
      return matching(node, state.itemIndex);
    },
    params: node.params ?? {},
    context: node.context ?? {},
    isExecuted: node.isExecuted ?? true,
  };
}

const current = (): GuestItem | undefined => state.items[state.itemIndex];

const input = {
  all: () => state.items,
  first: () => state.items[0],
  last: () => state.items.at(-1),
  get item() {
    return current();
  },
  get json() {
    return current()?.json;
  },
  get params() {
    return state.data.previous?.params ?? {};
  },
  get context() {
    return state.data.previous?.context ?? {};
  },
};

/** n8n's `$node["…"]`: what belongs to an input item in a node's items. */
const nodesFor = (index: () => number): object => new Proxy({}, { get: (_target, name) => itemOfNode(nodeOf(String(name)), index()) });

function itemOfNode(node: NodeData, index: number): object {
  const { json, files = {} } = matching(node, index) ?? {};
  return { json, data: json, binary: files, parameter: node.params ?? {}, context: node.context ?? {} };
}

const nodeByName = nodesFor(() => state.itemIndex);

/** n8n's `$item(index)`. */
function itemAt(index?: unknown): object {
  const at = index === undefined ? state.itemIndex : Number(index);
  const { json, files } = state.items[at] ?? {};
  return { json, $json: json, $binary: files ?? {}, $node: nodesFor(() => at) };
}

/**
 * Names of the roots: the parameters of the function around the user's. A context with them as globals would cost twice as much, and a
 * table of names and values costs each context a hidden class for each name.
 */
export const rootNames =
  '$input, items, $, $json, $item, item, $itemIndex, $binary, $items, $node, $run, $execution, $workflow, $vars, $env, $runIndex, ' +
  '$prevNode, $getWorkflowStaticData, getWorkflowStaticData, global';

/** Values of the roots for the item under way, in the order of their names. What is made here is made for every call: only what is cheap. */
export function rootValues(): unknown[] {
  const { data, items, itemIndex } = state;
  const item = items[itemIndex];
  const run = data.run ?? {};
  const named = [input, items, nodeView, item?.json, itemAt, item, itemIndex, item?.files ?? {}, itemsOf, nodeByName];
  const given = [run, run, data.workflow ?? {}, data.vars ?? {}, data.env ?? {}, data.runIndex ?? 0, data.previous ?? {}];
  return [...named, ...given, noStaticData, noStaticData, globalThis];
}

function itemsOf(id?: string): GuestItem[] {
  return id === undefined ? state.items : nodeOf(id).items;
}

/** There is no static data of a workflow. @throws Error always */
export function noStaticData(): never {
  throw failure('code_no_static_data', 'Nothing that code writes is kept from one run to the next');
}

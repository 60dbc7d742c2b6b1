import { failure } from './core.ts';
import { state, type GuestItem } from './state.ts';

interface NodeData {
  readonly items: GuestItem[];
  readonly paired?: readonly (number | null)[];
  readonly params?: Record<string, unknown>;
}

/** Items that came in, and the JSON of each, by position: what is returned unchanged keeps its lineage. */
export const positions = new Map<object, number>();

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
    get item() {
      return matching(node, state.itemIndex);
    },
    params: node.params ?? {},
    isExecuted: true,
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
};

/** n8n's `$node["…"]`: what belongs to an input item in a node's items. */
const nodesFor = (index: () => number): object =>
  new Proxy({}, { get: (_target, name) => ({ json: matching(nodeOf(String(name)), index())?.json }) });

const nodeByName = nodesFor(() => state.itemIndex);

/** n8n's `$item(index)`. */
function itemAt(index?: unknown): object {
  const at = index === undefined ? state.itemIndex : Number(index);
  const { json, files } = state.items[at] ?? {};
  return { json, $json: json, $binary: files ?? {}, $node: nodesFor(() => at) };
}

/** Each root, and its value for the item under way. What is made here is made for every call: only what is cheap. */
const ROOTS: Readonly<Record<string, () => unknown>> = {
  $input: () => input,
  items: () => state.items,
  $: () => nodeView,
  $json: () => current()?.json,
  $item: () => itemAt,
  item: () => current(),
  $itemIndex: () => state.itemIndex,
  $binary: () => current()?.files ?? {},
  $items: () => itemsOf,
  $node: () => nodeByName,
  $run: () => state.data.run ?? {},
  $execution: () => state.data.run ?? {},
  $workflow: () => state.data.workflow ?? {},
  $vars: () => state.data.vars ?? {},
  $env: () => state.data.env ?? {},
  $runIndex: () => state.data.runIndex ?? 0,
  $getWorkflowStaticData: () => noStaticData,
  getWorkflowStaticData: () => noStaticData,
  global: () => globalThis,
};

/** Names of the roots: the parameters of the function around the user's. A context with them as globals would cost twice as much. */
export const rootNames = Object.keys(ROOTS).join(', ');

const makers = Object.values(ROOTS);

/** Values of the roots for the item under way, in the order of their names. */
export function rootValues(): unknown[] {
  return makers.map((make) => make());
}

function itemsOf(id?: string): GuestItem[] {
  return id === undefined ? state.items : nodeOf(id).items;
}

/** There is no static data of a workflow. @throws Error always */
export function noStaticData(): never {
  throw failure('code_failed', 'Static data of a workflow is not kept here: store it in a table instead');
}

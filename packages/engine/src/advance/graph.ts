import { InvariantError } from '@millwright/core';
import type { PlanNode, PlanSkeleton } from '@millwright/workflow';

/** What `advance` looks up in a skeleton; derived once per skeleton. */
export class Graph {
  readonly skeleton: PlanSkeleton;
  readonly #nodes: ReadonlyMap<string, PlanNode>;
  /** Nodes that some expression reads. */
  readonly #read: ReadonlySet<string>;
  readonly #ancestors = new Map<string, ReadonlySet<string>>();
  #sources: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(skeleton: PlanSkeleton) {
    this.skeleton = skeleton;
    this.#nodes = new Map(skeleton.nodes.map((node) => [node.id, node]));
    this.#read = new Set(skeleton.nodes.flatMap((node) => node.refs));
  }

  /** @throws InvariantError when the plan has no such node */
  node(id: string): PlanNode {
    const node = this.#nodes.get(id);
    if (node === undefined) throw new InvariantError({ code: 'plan_without_node', message: `the plan has no node ${id}` });
    return node;
  }

  /** Whether some expression reads this node's output. */
  isRead(id: string): boolean {
    return this.#read.has(id);
  }

  /** Nodes from which an item can still reach this input port. */
  ancestors(id: string, port: string): ReadonlySet<string> {
    const key = `${id}:${port}`;
    const known = this.#ancestors.get(key);
    if (known !== undefined) return known;
    this.#sources ??= sourcesOf(this.skeleton);
    const found = new Set<string>();
    const open = [...(this.#sources.get(key) ?? [])];
    for (let from = open.pop(); from !== undefined; from = open.pop()) {
      if (found.has(from)) continue;
      found.add(from);
      for (const input of this.node(from).inputs) open.push(...(this.#sources.get(`${from}:${input.port}`) ?? []));
    }
    this.#ancestors.set(key, found);
    return found;
  }
}

/** Input port → the nodes with an edge into it. */
function sourcesOf(skeleton: PlanSkeleton): ReadonlyMap<string, readonly string[]> {
  const sources = new Map<string, string[]>();
  for (const node of skeleton.nodes) {
    for (const targets of Object.values(node.outputs)) {
      for (const target of targets) {
        const key = `${target.to}:${target.input}`;
        const list = sources.get(key);
        if (list === undefined) sources.set(key, [node.id]);
        else list.push(node.id);
      }
    }
  }
  return sources;
}

const graphs = new WeakMap<PlanSkeleton, Graph>();

/** The graph of a skeleton; the same skeleton object gives the same graph. */
export function graphOf(skeleton: PlanSkeleton): Graph {
  const known = graphs.get(skeleton);
  if (known !== undefined) return known;
  const graph = new Graph(skeleton);
  graphs.set(skeleton, graph);
  return graph;
}

import { InvariantError } from '@millwright/core';
import type { PlanNode, PlanSkeleton } from '@millwright/workflow';
import { containerPlan, exitOf } from './collect.ts';

/** What `advance` looks up in a skeleton; derived once per skeleton. */
export class Graph {
  readonly skeleton: PlanSkeleton;
  readonly #nodes: ReadonlyMap<string, PlanNode>;
  /** Nodes that some expression reads. */
  readonly #read: ReadonlySet<string>;
  readonly #ancestors = new Map<string, ReadonlySet<string>>();
  readonly #inside = new Map<string, ReadonlyMap<string, number>>();
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

  /** Nodes inside a container, however deep, with the number of further maps around each. */
  inside(id: string): ReadonlyMap<string, number> {
    const known = this.#inside.get(id);
    if (known !== undefined) return known;
    const found = new Map<string, number>();
    const open = this.#targets(id, true).map((to) => ({ to, depth: 0 }));
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const { to, depth } = at;
      if (to === id || found.has(to)) continue;
      found.set(to, depth);
      const inner = depth + (containerPlan(this.node(to))?.kind === 'map' ? 1 : 0);
      open.push(
        ...this.#targets(to, false).map((next) => ({ to: next, depth })),
        ...this.#targets(to, true).map((next) => ({ to: next, depth: inner })),
      );
    }
    this.#inside.set(id, found);
    return found;
  }

  /** Where a node leads: inside, where it is a container, or on. */
  #targets(id: string, isInside: boolean): string[] {
    const node = this.node(id);
    const isContainer = containerPlan(node) !== undefined;
    const ports = Object.entries(node.outputs).filter(([port]) => (isContainer && !OUTER_PORTS.has(port)) === isInside);
    return ports.flatMap(([, targets]) => targets.flatMap(({ to, input }) => (exitOf(this.node(to)) === input ? [] : [to])));
  }

  /**
   * Nodes from which an item can still reach this input port.
   * @param isOwnRound only without passing through the node itself
   */
  ancestors(id: string, port: string, isOwnRound = false): ReadonlySet<string> {
    const key = `${id}:${port}`;
    const kept = isOwnRound ? `${key}:round` : key;
    const known = this.#ancestors.get(kept);
    if (known !== undefined) return known;
    this.#sources ??= sourcesOf(this.skeleton);
    const found = new Set<string>();
    const open = [...(this.#sources.get(key) ?? [])];
    for (let from = open.pop(); from !== undefined; from = open.pop()) {
      if (found.has(from)) continue;
      found.add(from);
      if (isOwnRound && from === id) continue;
      for (const input of this.node(from).inputs) open.push(...(this.#sources.get(`${from}:${input.port}`) ?? []));
    }
    this.#ancestors.set(kept, found);
    return found;
  }
}

/** Output ports of a container that do not lead inside. */
const OUTER_PORTS: ReadonlySet<string> = new Set(['main', 'error']);

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

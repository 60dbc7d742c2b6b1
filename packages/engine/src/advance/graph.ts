import type { PlanNode, PlanSkeleton } from '@millwright/workflow';
import type { EngineRules } from '../engine-rules.ts';
import { rulesOf } from '../rules.ts';
import { containerPlan, exitOf } from './collect.ts';
import { there } from './tables/given.ts';
import type { Upwards } from './places.ts';

/** Steps upwards after which it is cheaper to know all ancestors of a port. */
const NEAR = 32;

/** What `advance` looks up in a skeleton; derived once per skeleton. */
export class Graph {
  readonly skeleton: PlanSkeleton;
  readonly isSequential: boolean;
  /** Of the engine version that the plan was compiled for. */
  readonly rules: EngineRules;
  readonly #nodes: ReadonlyMap<string, PlanNode>;
  /** Nodes that some expression reads. */
  readonly #read: ReadonlySet<string>;
  readonly #ancestors = new Map<string, ReadonlySet<string>>();
  readonly #nodesInside = new Map<string, readonly PlanNode[]>();
  readonly #inside = new Map<string, ReadonlyMap<string, number>>();
  #sources: ReadonlyMap<string, readonly string[]> | undefined;
  #places: ReadonlyMap<string, number> | undefined;

  /** @throws InvariantError `engine_version_unknown` */
  constructor(skeleton: PlanSkeleton) {
    this.skeleton = skeleton;
    this.isSequential = skeleton.order === 'sequential';
    this.rules = rulesOf(skeleton.engineVersion);
    this.#nodes = new Map(skeleton.nodes.map((node) => [node.id, node]));
    this.#read = new Set(skeleton.nodes.flatMap((node) => node.refs));
  }

  /** @throws InvariantError when the plan has no such node */
  node(id: string): PlanNode {
    return there(this.#nodes.get(id), 'plan_without_node', `the plan has no node ${id}`);
  }

  /** Whether some expression reads this node's output. */
  isRead(id: string): boolean {
    return this.#read.has(id);
  }

  /** Nodes inside a container, however deep, with the number of further maps around each. */
  inside(id: string): ReadonlyMap<string, number> {
    return once(this.#inside, id, () => {
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
      return found;
    });
  }

  /** The same, in drawing order. */
  nodesInside(id: string): readonly PlanNode[] {
    return once(this.#nodesInside, id, () => this.drawn(this.inside(id).keys()));
  }

  /** These nodes, in drawing order. */
  drawn(ids: Iterable<string>): readonly PlanNode[] {
    this.#places ??= new Map(this.skeleton.nodes.map((node, place) => [node.id, place]));
    const places = this.#places;
    return [...ids].map((id) => this.node(id)).toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
  }

  /** Where a node leads: inside, where it is a container, or on. */
  #targets(id: string, isInside: boolean): string[] {
    const node = this.node(id);
    const isContainer = containerPlan(node) !== undefined;
    const ports = Object.entries(node.outputs).filter(([port]) => (isContainer && !OUTER_PORTS.has(port)) === isInside);
    return ports.flatMap(([, targets]) => targets.flatMap(({ to, input }) => (exitOf(this.node(to)) === input ? [] : [to])));
  }

  /** Nodes from which an item can still get there. */
  ancestors(there: Upwards): ReadonlySet<string> {
    return once(this.#ancestors, JSON.stringify(there), () => new Set(this.#upwards(there)));
  }

  /** Whether an item can still get there from one of these nodes. Most are near; only for those that are not, all ancestors are kept. */
  canReach(ids: ReadonlySet<string>, there: Upwards): boolean {
    let steps = 0;
    for (const from of this.#upwards(there)) {
      if (ids.has(from)) return true;
      if (++steps > NEAR) return [...ids].some((id) => this.ancestors(there).has(id));
    }
    return false;
  }

  /** Ancestors, the nearest first along each way. */
  *#upwards({ id, ports, without }: Upwards): Iterable<string> {
    const sources = (this.#sources ??= sourcesOf(this.skeleton));
    const found = new Set(without);
    const open = ports.flatMap((port) => sources.get(`${id}:${port}`) ?? []);
    for (let from = open.pop(); from !== undefined; from = open.pop()) {
      if (found.has(from)) continue;
      found.add(from);
      yield from;
      for (const { port } of this.node(from).inputs) open.push(...(sources.get(`${from}:${port}`) ?? []));
    }
  }
}

/** What is known under a key; found out where it is not. */
function once<K, V>(known: { get(key: K): V | undefined; set(key: K, value: V): unknown }, key: K, find: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = find();
  known.set(key, found);
  return found;
}

/** Output ports of a container that do not lead inside. */
const OUTER_PORTS: ReadonlySet<string> = new Set(['main', 'error']);

/** Input port → the nodes with an edge into it. */
function sourcesOf({ nodes }: PlanSkeleton): ReadonlyMap<string, readonly string[]> {
  const sources = new Map<string, string[]>();
  for (const { id, outputs } of nodes)
    for (const { to, input } of Object.values(outputs).flat()) once(sources, `${to}:${input}`, (): string[] => []).push(id);
  return sources;
}

const graphs = new WeakMap<PlanSkeleton, Graph>();

/** The graph of a skeleton; the same skeleton object gives the same graph. */
export function graphOf(skeleton: PlanSkeleton): Graph {
  return once(graphs, skeleton, () => new Graph(skeleton));
}

import { InvariantError } from '@millwright/core';
import type { PlanNode, PlanSkeleton } from '@millwright/workflow';
import { rulesOf, type EngineRules } from '../version.ts';
import { containerPlan, exitOf } from './collect.ts';

/** Steps upwards after which it is cheaper to know all ancestors of a port. */
const NEAR = 32;

/** What `advance` looks up in a skeleton; derived once per skeleton. */
export class Graph {
  readonly skeleton: PlanSkeleton;
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
    this.rules = rulesOf(skeleton.engineVersion);
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

  /** The same, in drawing order. */
  nodesInside(id: string): readonly PlanNode[] {
    const known = this.#nodesInside.get(id);
    if (known !== undefined) return known;
    const nodes = this.drawn(this.inside(id).keys());
    this.#nodesInside.set(id, nodes);
    return nodes;
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

  /**
   * Nodes from which an item can still reach this input port.
   * @param isOwnRound only without passing through the node itself
   */
  ancestors(id: string, port: string, isOwnRound = false): ReadonlySet<string> {
    const kept = isOwnRound ? `${id}:${port}:round` : `${id}:${port}`;
    const known = this.#ancestors.get(kept);
    if (known !== undefined) return known;
    const found = new Set(this.#upwards(id, port, isOwnRound));
    this.#ancestors.set(kept, found);
    return found;
  }

  /** Whether one of these nodes is among the ancestors of a port. Most are near; only for those that are not, all ancestors are kept. */
  hasAncestor(ids: ReadonlySet<string>, { id, port, isOwnRound = false }: PortOfNode): boolean {
    let steps = 0;
    for (const from of this.#upwards(id, port, isOwnRound)) {
      if (ids.has(from)) return true;
      if (++steps > NEAR) return meet(ids, this.ancestors(id, port, isOwnRound));
    }
    return false;
  }

  /** Whether an item can still get from one of these nodes to one of a node's ports without passing through some others. */
  canReach(ids: ReadonlySet<string>, { id, ports, without }: PortsOfNode): boolean {
    this.#sources ??= sourcesOf(this.skeleton);
    const found = new Set(without);
    const open = ports.flatMap((port) => this.#sources?.get(`${id}:${port}`) ?? []);
    for (let from = open.pop(); from !== undefined; from = open.pop()) {
      if (found.has(from)) continue;
      if (ids.has(from)) return true;
      found.add(from);
      for (const input of this.node(from).inputs) open.push(...(this.#sources.get(`${from}:${input.port}`) ?? []));
    }
    return false;
  }

  /** Ancestors, the nearest first along each way. */
  *#upwards(id: string, port: string, isOwnRound: boolean): Iterable<string> {
    this.#sources ??= sourcesOf(this.skeleton);
    const found = new Set<string>();
    const open = [...(this.#sources.get(`${id}:${port}`) ?? [])];
    for (let from = open.pop(); from !== undefined; from = open.pop()) {
      if (found.has(from)) continue;
      found.add(from);
      yield from;
      if (isOwnRound && from === id) continue;
      for (const input of this.node(from).inputs) open.push(...(this.#sources.get(`${from}:${input.port}`) ?? []));
    }
  }
}

/** An input port. */
interface PortOfNode {
  readonly id: string;
  readonly port: string;
  /** Only without passing through the node itself. Default false. */
  readonly isOwnRound?: boolean;
}

/** Input ports, and nodes that are not passed on the way to them. */
interface PortsOfNode {
  readonly id: string;
  readonly ports: readonly string[];
  readonly without: ReadonlySet<string>;
}

/** Whether two sets have something in common. */
function meet(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  const [few, many] = some.size < others.size ? [some, others] : [others, some];
  for (const id of few) if (many.has(id)) return true;
  return false;
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

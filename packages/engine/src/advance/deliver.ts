import type { DataRef, PlanNode } from '@millwright/workflow';
import { isOwnRun, roundPort } from '../control/rounds.ts';
import { collect, exitOf } from './collect.ts';
import type { Outputs } from './events.ts';
import { keyIn, scopeOf } from './scope-keys.ts';
import type { Working } from './working.ts';

/** A node, and the scope instance that it works in; none is the run itself. */
interface Place {
  readonly nodeId: string;
  readonly scope?: string | undefined;
}

/** Hands outputs to every edge of a node, within its scope instance. A port without items delivers nothing. */
export function deliver(work: Working, { nodeId, scope }: Place, outputs: Outputs): void {
  const created: { node: PlanNode; inputs: Outputs }[] = [];
  for (const [port, targets] of Object.entries(work.graph.node(nodeId).outputs)) {
    const ref = outputs[port];
    if (ref === undefined || ref.count === 0) continue;
    for (const { to, input } of targets) {
      const target = work.graph.node(to);
      if (scope !== undefined && exitOf(target) === input) collect(work, scope, ref);
      else if (isOwnRun(target, input)) created.push({ node: target, inputs: { [input]: ref } });
      else {
        const key = keyIn(to, scope);
        arrive(work, key, { input, ref });
        const inputs = takeComplete(work, target, key);
        if (inputs !== null) created.push({ node: target, inputs });
      }
    }
  }
  if (created.length > 0) work.activate(inOrder(work, created), scope);
}

/** In sequential order as they are drawn, whatever output they follow. */
function inOrder<One extends { readonly node: PlanNode }>({ graph: { skeleton } }: Working, created: readonly One[]): readonly One[] {
  if (skeleton.order !== 'sequential' || created.length < 2) return created;
  return created.toSorted((a, b) => skeleton.nodes.indexOf(a.node) - skeleton.nodes.indexOf(b.node));
}

function arrive(work: Working, key: string, arrival: { readonly input: string; readonly ref: DataRef }): void {
  const ports = work.arrivals.get(key) ?? {};
  work.arrivals.set(key, { ...ports, [arrival.input]: [...(ports[arrival.input] ?? []), arrival.ref] });
}

/** One arrival of each wired port, when each has one. */
function takeComplete(work: Working, node: PlanNode, key: string): Outputs | null {
  const ports = work.arrivals.get(key) ?? {};
  return node.inputs.every(({ port }) => (ports[port]?.length ?? 0) > 0) ? takeOne(work, key) : null;
}

/** The oldest arrival of every port that has one. */
function takeOne(work: Working, key: string): Outputs {
  const taken: Record<string, DataRef> = {};
  const rest: Record<string, readonly DataRef[]> = {};
  for (const [port, queue] of Object.entries(work.arrivals.get(key) ?? {})) {
    const [first, ...others] = queue;
    if (first !== undefined) taken[port] = first;
    if (others.length > 0) rest[port] = others;
  }
  if (Object.keys(rest).length > 0) work.arrivals.set(key, rest);
  else work.arrivals.delete(key);
  return taken;
}

/**
 * Releases nodes of a scope instance for which nothing else can still arrive there, with what is there. Where a
 * required port stayed empty the arrivals are let go and the branch ends quietly.
 * @returns whether one was released
 */
export function releaseStarved(work: Working, scope: string | undefined): boolean {
  for (let node = nextStarved(work, scope); node !== undefined; node = nextStarved(work, scope)) {
    const key = keyIn(node.id, scope);
    const round = roundPort(node);
    if (round !== undefined) {
      work.activate([{ node, ...takeRound(work, key, round) }], scope);
      return true;
    }
    const inputs = takeOne(work, key);
    if (node.inputs.every(({ port, required }) => !required || inputs[port] !== undefined)) {
      work.activate([{ node, inputs }], scope);
      return true;
    }
  }
  return false;
}

/**
 * Lets a node go round whose round is over, though other things may begin: depth before breadth.
 * @returns whether there was one
 */
export function releaseRound(work: Working, scope: string | undefined): boolean {
  const pending = pendingIn(work, scope);
  const live = liveIn(work, scope);
  for (const node of pending) {
    const port = roundPort(node);
    if (port === undefined || waitsFor(work, { node, scope }, live) || waitsFor(work, { node, scope }, othersOf(work, node, pending)))
      continue;
    work.activate([{ node, ...takeRound(work, keyIn(node.id, scope), port) }], scope);
    return true;
  }
  return false;
}

/** Nodes that wait for more arrivals, in drawing order. */
function pendingIn(work: Working, scope: string | undefined): readonly PlanNode[] {
  if (!work.hasPending) return [];
  return nodesIn(work, scope).filter((node) => work.arrivals.get(keyIn(node.id, scope)) !== undefined || goesRound(work, node, scope));
}

/** Nodes of which one may wait there, in drawing order. */
function nodesIn(work: Working, scope: string | undefined): readonly PlanNode[] {
  if (scope !== undefined) return work.graph.nodesInside(work.scope(scope).nodeId);
  const ids = new Set([...work.arrivals.keys, ...work.memory.keys].filter((key) => scopeOf(key) === undefined));
  return work.graph.drawn(ids);
}

/** Ids of what is active in a scope instance. */
function liveIn(work: Working, scope: string | undefined): ReadonlySet<string> {
  return new Set(work.active.filter((one) => one.scope === scope).map((one) => one.nodeId));
}

/** Ids of what else waits. A round ends only after what waits inside of it, so that waits for no end of the round. */
function othersOf(work: Working, node: PlanNode, pending: readonly PlanNode[]): ReadonlySet<string> {
  const others = pending.filter((other) => {
    const round = roundPort(other);
    return other !== node && (round === undefined || !work.graph.ancestors(other.id, round, true).has(node.id));
  });
  return new Set(others.map(({ id }) => id));
}

/** The first node, in drawing order, that waits in vain; when several wait for one another, the first of them. */
function nextStarved(work: Working, scope: string | undefined): PlanNode | undefined {
  const pending = pendingIn(work, scope);
  if (pending.length === 0) return undefined;
  const live = liveIn(work, scope);
  const starved = pending.filter((node) => !waitsFor(work, { node, scope }, live));
  return starved.find((node) => !waitsFor(work, { node, scope }, othersOf(work, node, pending))) ?? starved[0];
}

interface Pending {
  readonly node: PlanNode;
  readonly scope: string | undefined;
}

/** Whether one of these nodes can still lead to an arrival that it waits for. */
function waitsFor(work: Working, { node, scope }: Pending, ids: ReadonlySet<string>): boolean {
  const round = roundPort(node);
  if (round !== undefined) {
    return ids.has(node.id) || work.graph.hasAncestor(ids, { id: node.id, port: round, isOwnRound: true });
  }
  const ports = work.arrivals.get(keyIn(node.id, scope)) ?? {};
  const missing = node.inputs.filter(({ port }) => ports[port] === undefined).map(({ port }) => port);
  if (missing.length === 0) return false;
  const around = roundsAround(work, { node, scope });
  if (around.size > 0) return work.graph.canReach(ids, { id: node.id, ports: missing, without: around });
  return missing.some((port) => work.graph.hasAncestor(ids, { id: node.id, port }));
}

/** Loops in a round in which a node lies. What enters such a loop meanwhile is another list: its rounds come later. */
function roundsAround(work: Working, { node, scope }: Pending): ReadonlySet<string> {
  const around = pendingIn(work, scope).filter((one) => {
    const round = roundPort(one);
    return round !== undefined && one !== node && goesRound(work, one, scope) && work.graph.ancestors(one.id, round, true).has(node.id);
  });
  return new Set(around.map(({ id }) => id));
}

/** A round of this node is on its way: it ends when nothing can come back any more. */
function goesRound(work: Working, node: PlanNode, scope: string | undefined): boolean {
  return work.memory.get(keyIn(node.id, scope)) !== undefined && roundPort(node) !== undefined;
}

/** The oldest arrival of a round that is over, and whether more wait; no input where nothing came back. */
function takeRound(work: Working, key: string, port: string): { readonly inputs: Outputs; readonly more?: true } {
  const [first, ...others] = work.arrivals.get(key)?.[port] ?? [];
  if (others.length > 0) work.arrivals.set(key, { [port]: others });
  else work.arrivals.delete(key);
  return { inputs: first === undefined ? {} : { [port]: first }, ...(others.length > 0 ? { more: true as const } : {}) };
}

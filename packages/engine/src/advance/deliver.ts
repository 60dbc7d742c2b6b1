import type { Activation, DataRef, PlanNode } from '@millwright/workflow';
import { isOwnRun, roundPort } from '../control/rounds.ts';
import { collect, exitOf } from './collect.ts';
import type { Outputs, Settled } from './events.ts';
import type { Pending, Place, Upwards } from './places.ts';
import { keyIn, scopeOf } from './scope-keys.ts';
import type { Working } from './working.ts';

/** Ends an activation and hands on what it gave. */
export function handOver(work: Working, activation: Activation, how: Omit<Settled, 'type' | 'activation'>): void {
  work.settle(activation, how);
  deliver(work, activation, how.outputs);
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
 * @returns whether one was released, or let go
 */
export function releaseStarved(work: Working, scope: string | undefined): boolean {
  for (let node = nextStarved(work, scope); node !== undefined; node = nextStarved(work, scope)) {
    if (goRound(work, { node, scope })) return true;
    const inputs = takeOne(work, keyIn(node.id, scope));
    const isComplete = node.inputs.every(({ port, required }) => !required || inputs[port] !== undefined);
    if (isComplete) work.activate([{ node, inputs }], scope);
    if (isComplete || work.graph.rules.roundsFirst) return true;
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
  const isOver = (node: PlanNode): boolean =>
    roundPort(node) !== undefined &&
    !waitsFor(work, { node, scope }, live) &&
    !waitsFor(work, { node, scope }, othersOf(work, node, pending));
  const node = pending.find(isOver);
  return node !== undefined && goRound(work, { node, scope });
}

/** Runs a node with the oldest arrival of its round, or with nothing where nothing came back; false when it does not go round. */
function goRound(work: Working, { node, scope }: Pending): boolean {
  const port = roundPort(node);
  if (port === undefined) return false;
  const key = keyIn(node.id, scope);
  const [first, ...others] = work.arrivals.get(key)?.[port] ?? [];
  const more = others.length > 0;
  if (more) work.arrivals.set(key, { [port]: others });
  else work.arrivals.delete(key);
  work.activate([{ node, inputs: first === undefined ? {} : { [port]: first }, ...(more ? { more } : {}) }], scope);
  return true;
}

/** Nodes that wait for more arrivals, in drawing order. */
function pendingIn(work: Working, scope: string | undefined): readonly PlanNode[] {
  if (work.arrivals.isEmpty && work.memory.isEmpty) return [];
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
  return new Set(work.now.active.filter((one) => one.scope === scope).map((one) => one.nodeId));
}

/** Ids of what else waits. A round ends only after what waits inside of it, so that waits for no end of the round. */
function othersOf(work: Working, node: PlanNode, pending: readonly PlanNode[]): ReadonlySet<string> {
  return new Set(pending.flatMap((other) => (other === node || isInRound(work, node, other) ? [] : [other.id])));
}

/** Whether a node lies in the rounds of another. */
function isInRound(work: Working, { id }: PlanNode, loop: PlanNode): boolean {
  const round = roundOf(loop);
  return round !== undefined && work.graph.ancestors(round).has(id);
}

/** Where what comes back in a round of this node arrives. */
function roundOf(node: PlanNode): Upwards | undefined {
  const port = roundPort(node);
  return port === undefined ? undefined : { id: node.id, ports: [port], without: [node.id] };
}

/** The first node, in drawing order, that waits in vain; when several wait for one another, the first of them. */
function nextStarved(work: Working, scope: string | undefined): PlanNode | undefined {
  const pending = pendingIn(work, scope);
  if (pending.length === 0) return undefined;
  const live = liveIn(work, scope);
  const starved = pending.filter((node) => !waitsFor(work, { node, scope }, live));
  return starved.find((node) => !waitsFor(work, { node, scope }, othersOf(work, node, pending))) ?? starved[0];
}

/** Whether one of these nodes can still lead to an arrival that it waits for. */
function waitsFor(work: Working, { node, scope }: Pending, ids: ReadonlySet<string>): boolean {
  const round = roundOf(node);
  if (round !== undefined) return ids.has(node.id) || work.graph.canReach(ids, round);
  const ports = work.arrivals.get(keyIn(node.id, scope)) ?? {};
  const missing = node.inputs.flatMap(({ port }) => (ports[port] === undefined ? [port] : []));
  if (missing.length === 0) return false;
  return work.graph.canReach(ids, { id: node.id, ports: missing, without: roundsAround(work, { node, scope }) });
}

/** Loops in a round in which a node lies. What enters such a loop meanwhile is another list: its rounds come later. */
function roundsAround(work: Working, { node, scope }: Pending): readonly string[] {
  if (!work.graph.rules.waitsInRound) return [];
  const isAround = (one: PlanNode): boolean => one !== node && goesRound(work, one, scope) && isInRound(work, node, one);
  return pendingIn(work, scope).flatMap((one) => (isAround(one) ? [one.id] : []));
}

/** A round of this node is on its way: it ends when nothing can come back any more. */
function goesRound(work: Working, node: PlanNode, scope: string | undefined): boolean {
  return work.memory.get(keyIn(node.id, scope)) !== undefined && roundPort(node) !== undefined;
}

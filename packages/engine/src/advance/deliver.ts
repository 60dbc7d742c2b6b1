import type { DataRef, PlanNode } from '@millwright/workflow';
import { isOwnRun, roundPort } from '../control/rounds.ts';
import { collect, exitOf } from './collect.ts';
import type { Outputs } from './events.ts';
import { keyIn } from './scope-keys.ts';
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
  if (created.length > 0) work.activate(created, scope);
}

function arrive(work: Working, key: string, arrival: { readonly input: string; readonly ref: DataRef }): void {
  const ports = work.arrivals[key] ?? {};
  work.arrivals[key] = { ...ports, [arrival.input]: [...(ports[arrival.input] ?? []), arrival.ref] };
}

/** One arrival of each wired port, when each has one. */
function takeComplete(work: Working, node: PlanNode, key: string): Outputs | null {
  const ports = work.arrivals[key] ?? {};
  return node.inputs.every(({ port }) => (ports[port]?.length ?? 0) > 0) ? takeOne(work, key) : null;
}

/** The oldest arrival of every port that has one. */
function takeOne(work: Working, key: string): Outputs {
  const taken: Record<string, DataRef> = {};
  const rest: Record<string, readonly DataRef[]> = {};
  for (const [port, queue] of Object.entries(work.arrivals[key] ?? {})) {
    const [first, ...others] = queue;
    if (first !== undefined) taken[port] = first;
    if (others.length > 0) rest[port] = others;
  }
  if (Object.keys(rest).length > 0) work.arrivals[key] = rest;
  else delete work.arrivals[key];
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

/** The first node, in drawing order, that waits in vain; when several wait for one another, the first of them. */
function nextStarved(work: Working, scope: string | undefined): PlanNode | undefined {
  if (!work.hasPending) return undefined;
  const pending = work.graph.skeleton.nodes.filter(
    (node) => work.arrivals[keyIn(node.id, scope)] !== undefined || goesRound(work, node, scope),
  );
  if (pending.length === 0) return undefined;
  const live = new Set(work.active.filter((one) => one.scope === scope).map((one) => one.nodeId));
  const waitsFor = (node: PlanNode, ids: ReadonlySet<string>): boolean =>
    canStillArrive(work, { node, ports: work.arrivals[keyIn(node.id, scope)] ?? {} }, ids);
  const starved = pending.filter((node) => !waitsFor(node, live));
  return starved.find((node) => !waitsFor(node, new Set(pending.filter((other) => other !== node).map((other) => other.id)))) ?? starved[0];
}

interface Pending {
  readonly node: PlanNode;
  readonly ports: Readonly<Record<string, readonly DataRef[]>>;
}

function canStillArrive(work: Working, { node, ports }: Pending, live: ReadonlySet<string>): boolean {
  const round = roundPort(node);
  if (round !== undefined) {
    const inside = work.graph.ancestors(node.id, round, true);
    return [...live].some((id) => id === node.id || inside.has(id));
  }
  return node.inputs.some(({ port }) => ports[port] === undefined && [...live].some((id) => work.graph.ancestors(node.id, port).has(id)));
}

/** A round of this node is on its way: it ends when nothing can come back any more. */
function goesRound(work: Working, node: PlanNode, scope: string | undefined): boolean {
  return work.memory[keyIn(node.id, scope)] !== undefined && roundPort(node) !== undefined;
}

/** The oldest arrival of a round that is over, and whether more wait; no input where nothing came back. */
function takeRound(work: Working, key: string, port: string): { readonly inputs: Outputs; readonly more?: true } {
  const [first, ...others] = work.arrivals[key]?.[port] ?? [];
  if (others.length > 0) work.arrivals[key] = { [port]: others };
  else delete work.arrivals[key];
  return { inputs: first === undefined ? {} : { [port]: first }, ...(others.length > 0 ? { more: true as const } : {}) };
}

import type { DataRef, PlanNode } from '@millwright/workflow';
import type { Outputs } from './events.ts';
import type { Working } from './working.ts';

/** Hands outputs to every edge. A port without items delivers nothing. */
export function deliver(work: Working, node: PlanNode, outputs: Outputs): void {
  const created: { node: PlanNode; inputs: Outputs }[] = [];
  for (const [port, targets] of Object.entries(node.outputs)) {
    const ref = outputs[port];
    if (ref === undefined || ref.count === 0) continue;
    for (const { to, input } of targets) {
      const target = work.graph.node(to);
      if (target.inputs.length <= 1) created.push({ node: target, inputs: { [input]: ref } });
      else {
        arrive(work, target, { input, ref });
        const inputs = takeComplete(work, target);
        if (inputs !== null) created.push({ node: target, inputs });
      }
    }
  }
  if (created.length > 0) work.activate(created);
}

function arrive(work: Working, node: PlanNode, arrival: { readonly input: string; readonly ref: DataRef }): void {
  const ports = work.arrivals[node.id] ?? {};
  work.arrivals[node.id] = { ...ports, [arrival.input]: [...(ports[arrival.input] ?? []), arrival.ref] };
}

/** One arrival of each wired port, when each has one. */
function takeComplete(work: Working, node: PlanNode): Outputs | null {
  const ports = work.arrivals[node.id] ?? {};
  return node.inputs.every(({ port }) => (ports[port]?.length ?? 0) > 0) ? takeOne(work, node) : null;
}

/** The oldest arrival of every port that has one. */
function takeOne(work: Working, node: PlanNode): Outputs {
  const taken: Record<string, DataRef> = {};
  const rest: Record<string, readonly DataRef[]> = {};
  for (const [port, queue] of Object.entries(work.arrivals[node.id] ?? {})) {
    const [first, ...others] = queue;
    if (first !== undefined) taken[port] = first;
    if (others.length > 0) rest[port] = others;
  }
  if (Object.keys(rest).length > 0) work.arrivals[node.id] = rest;
  else delete work.arrivals[node.id];
  return taken;
}

/**
 * Releases nodes for which nothing else can still arrive, with what is there. Where a required port
 * stayed empty the arrivals are let go and the branch ends quietly.
 */
export function releaseStarved(work: Working): void {
  for (let node = nextStarved(work); node !== undefined; node = nextStarved(work)) {
    const inputs = takeOne(work, node);
    if (node.inputs.every(({ port, required }) => !required || inputs[port] !== undefined)) {
      work.activate([{ node, inputs }]);
      return;
    }
  }
}

/** The first node, in drawing order, that waits in vain; when several wait for one another, the first of them. */
function nextStarved(work: Working): PlanNode | undefined {
  const pending = work.graph.skeleton.nodes.filter((node) => work.arrivals[node.id] !== undefined);
  if (pending.length === 0) return undefined;
  const live = new Set(work.active.map((one) => one.nodeId));
  const starved = pending.filter((node) => !canStillArrive(work, node, live));
  return (
    starved.find((node) => !canStillArrive(work, node, new Set(pending.filter((other) => other !== node).map((other) => other.id)))) ??
    starved[0]
  );
}

function canStillArrive(work: Working, node: PlanNode, live: ReadonlySet<string>): boolean {
  const ports = work.arrivals[node.id] ?? {};
  return node.inputs.some(({ port }) => ports[port] === undefined && [...live].some((id) => work.graph.ancestors(node.id, port).has(id)));
}

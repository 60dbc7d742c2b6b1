import type { WorkflowNode } from '@millwright/workflow';
import type { Graph } from './graph.ts';
import type { ModelNodeRun, ModelScope } from './state.ts';

/** Nodes with several inputs at which something waits, as drawn. */
function joinsOf(graph: Graph, scope: ModelScope): readonly WorkflowNode[] {
  const waiting = graph.document.nodes.filter(({ id }) => [...(scope.arrivals.get(id)?.values() ?? [])].some((queue) => queue.length > 0));
  return waiting.toSorted((a, b) => a.position[1] - b.position[1] || a.position[0] - b.position[0]);
}

/** Inputs of a node at which nothing waits. */
function missingAt(graph: Graph, scope: ModelScope, join: WorkflowNode): readonly string[] {
  const queues = scope.arrivals.get(join.id);
  return graph.wired(join).filter((port) => (queues?.get(port) ?? []).length === 0);
}

/** Loops that are in a round. */
function roundsOf(graph: Graph, scope: ModelScope): readonly WorkflowNode[] {
  const isOpen = (id: string): boolean => {
    const loop = scope.loops.get(id);
    return loop !== undefined && !loop.isBusy && loop.left !== null;
  };
  return graph.document.nodes
    .filter(({ id }) => isOpen(id))
    .toSorted((a, b) => a.position[1] - b.position[1] || a.position[0] - b.position[0]);
}

/** Whether a node lies in the rounds of a loop: its rounds lead there, and from there back. */
function isInRound(graph: Graph, loopId: string, nodeId: string): boolean {
  const there = [...graph.reach(graph.from(loopId, 'loop'), new Set([loopId]))].some(({ to }) => to === nodeId);
  return there && [...graph.reach(graph.leading(nodeId), new Set([loopId]))].some(({ to, input }) => to === loopId && input === 'back');
}

/**
 * A node that waits for what can no longer come, those that others wait for first. What comes into a loop from outside is not of its
 * round, so a node in a round does not wait for that. In sequential order such nodes are the last that run: none here.
 */
export function starved(graph: Graph, scope: ModelScope, open: readonly ModelNodeRun[]): WorkflowNode | undefined {
  if (graph.isSequential) return undefined;
  const joins = joinsOf(graph, scope);
  const rounds = roundsOf(graph, scope);
  return joins.find((join) => {
    const around = rounds.filter((loop) => isInRound(graph, loop.id, join.id));
    const missing = missingAt(graph, scope, join);
    const sources = [...open.map(({ node }) => node), ...joins, ...rounds].filter((one) => one !== join && !around.includes(one));
    const coming = graph.reach(
      sources.flatMap(({ id }) => graph.leading(id)),
      new Set([join, ...around].map(({ id }) => id)),
    );
    return ![...coming].some(({ to, input }) => to === join.id && missing.includes(input));
  });
}

/** A loop to which nothing can come back any more in its round. */
export function isRoundOver(graph: Graph, scope: ModelScope, open: readonly ModelNodeRun[]): WorkflowNode | undefined {
  const rounds = roundsOf(graph, scope);
  return rounds.find((loop) => {
    // A list that has come is taken in first.
    if (open.some(({ node }) => node === loop)) return false;
    const sources = [...open.map(({ node }) => node), ...joinsOf(graph, scope), ...rounds.filter((one) => one !== loop)];
    const coming = graph.reach(
      sources.flatMap(({ id }) => graph.leading(id)),
      new Set([loop.id]),
    );
    return ![...coming].some(({ to, input }) => to === loop.id && input === 'back');
  });
}

/** What waits when nothing else happens: the first that no other keeps waiting, else the first as drawn. */
export function endless(graph: Graph, scope: ModelScope): WorkflowNode | undefined {
  const joins = joinsOf(graph, scope);
  const isFree = (join: WorkflowNode): boolean => {
    const missing = missingAt(graph, scope, join);
    const others = joins.filter((one) => one !== join);
    const around = roundsOf(graph, scope).filter((loop) => isInRound(graph, loop.id, join.id));
    const coming = graph.reach(
      others.flatMap(({ id }) => graph.leading(id)),
      new Set([join, ...around].map(({ id }) => id)),
    );
    return ![...coming].some(({ to, input }) => to === join.id && missing.includes(input));
  };
  return joins.find(isFree) ?? joins[0] ?? roundsOf(graph, scope)[0];
}

import type { Edge, WorkflowNode } from '@millwright/workflow';
import { controlPlans } from '../control/plans.ts';
import { controlKeyOf } from '../control/types.ts';
import { walk } from './walk.ts';

/** The output port of a loop that leads into its rounds. */
const ROUND_OUTPUT = 'loop';

/** The input port at which nodes of this type go round; undefined for those that do not. */
function roundInput(type: string): string | undefined {
  const key = controlKeyOf(type);
  return key === null ? undefined : controlPlans[key]?.rounds;
}

/** Whether nodes of this type go round a bounded number of times by themselves. */
export function isLoop(type: string): boolean {
  return roundInput(type) !== undefined;
}

/**
 * Lines that lead from inside a loop into its ordinary input are taken for its way back, as people draw
 * it either way. Inside is what the loop's rounds reach without passing through the loop itself, or
 * through a loop around it.
 */
export function returnLoops(edges: readonly Edge[], byId: ReadonlyMap<string, WorkflowNode>): Edge[] {
  const loops = [...byId.values()].filter(({ type }) => isLoop(type)).map(({ id }) => id);
  if (loops.length === 0) return [...edges];
  // What leaves a section through its inner input is not inside a loop that the section holds.
  const outgoing = Map.groupBy(
    edges.filter((edge) => !isExit(edge, byId)),
    (edge) => edge.from,
  );
  const targets = new Set(edges.map((edge) => edge.to));
  const entries = [...byId.keys()].filter((id) => !targets.has(id));
  const moved = new Map<Edge, Edge>();
  for (const loopId of loops) {
    // A loop around this one is passed on every way to it.
    const around = loops.filter((other) => other !== loopId && !walk(entries, outgoing, new Set([other])).has(loopId));
    const isRound = (edge: Edge): boolean => edge.from === loopId && edge.output === ROUND_OUTPUT;
    const first = (outgoing.get(loopId) ?? []).filter(isRound).map((edge) => edge.to);
    const inside = walk(first, outgoing, new Set([loopId, ...around]));
    const input = roundInput(byId.get(loopId)?.type ?? '');
    for (const edge of edges) {
      if (input !== undefined && edge.to === loopId && edge.input === 'main' && (inside.has(edge.from) || isRound(edge)))
        moved.set(edge, { ...edge, input });
    }
  }
  const keyOf = (edge: Edge): string => `${edge.from}:${edge.output}:${edge.to}:${edge.input}`;
  return [...new Map(edges.map((edge) => moved.get(edge) ?? edge).map((edge) => [keyOf(edge), edge])).values()];
}

function isExit({ to, input }: Edge, byId: ReadonlyMap<string, WorkflowNode>): boolean {
  const key = controlKeyOf(byId.get(to)?.type ?? '');
  return key !== null && controlPlans[key]?.container?.exit === input;
}

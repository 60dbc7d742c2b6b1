import type { PlanSkeleton } from '@millwright/workflow';

/** Control nodes behind which a node may run several times. */
const REPEATING = new Set(['map', 'loop']);

/** Nodes that may run more than once in a run. */
export function repeatedNodes({ nodes }: PlanSkeleton): ReadonlySet<string> {
  const found = new Set(nodes.filter(({ inputs }) => inputs.some(({ edges }) => edges > 1)).map(({ id }) => id));
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const node of nodes) {
      if (!found.has(node.id) && !REPEATING.has(node.control ?? '')) continue;
      for (const target of Object.values(node.outputs).flat()) found.add(target.to);
    }
  }
  return found;
}

import type { ScopeInstance } from '@millwright/workflow';
import type { Working } from './working.ts';

/** Most items of one map in one run. */
export const MAP_LIMIT = 1000;
/** Run indexes fit into 31 bits. */
const LAST_SLOT = 2 ** 31;

/**
 * The slot of a map's first item: node runs of its inside are numbered by item, whichever item comes first. A map in an
 * item numbers on from its own number; any other takes numbers that nobody has had, or none.
 */
export function mapBase(work: Working, { nodeId, runIndex, parent }: Omit<ScopeInstance, 'phase'>, total: number): number | undefined {
  const base = runIndex * MAP_LIMIT;
  if (parent !== undefined && work.scope(parent).slot === runIndex) return base + total <= LAST_SLOT ? base : undefined;
  const inside = [...work.graph.inside(nodeId)].map(([id, depth]) => ({ id, factor: MAP_LIMIT ** depth }));
  const isFree = inside.every(({ id, factor }) => work.nextRun(id) <= base * factor && (base + total) * factor < LAST_SLOT);
  if (!isFree) return undefined;
  for (const { id, factor } of inside) work.skipRuns(id, (base + total) * factor);
  return base;
}

/** The slot of the inside of a container that is not a map: its own number, where that is one. */
export function slotOf(work: Working, { runIndex, parent }: Omit<ScopeInstance, 'phase'>): { readonly slot?: number } {
  return parent !== undefined && work.scope(parent).slot === runIndex ? { slot: runIndex } : {};
}

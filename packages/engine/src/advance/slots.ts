import type { ScopeInstance } from '@millwright/workflow';
import { MAP_LIMIT } from './failing/limits.ts';
import type { Working } from './working.ts';

/** Run indexes fit into 31 bits. */
const LAST_SLOT = 2 ** 31;

/**
 * The slot of a map's first item: node runs of its inside are numbered by item, whichever item comes first. A map in an
 * item numbers on from its own number; any other takes numbers that nobody has had, or none.
 */
export function mapBase(work: Working, { nodeId, runIndex, parent }: Omit<ScopeInstance, 'phase'>, total: number): number | undefined {
  const base = runIndex * MAP_LIMIT;
  if (parent !== undefined && work.scope(parent).slot === runIndex) return base + total <= LAST_SLOT ? base : undefined;
  return isReserved(work, nodeId, { base, total }) ? base : undefined;
}

/** Keeps numbers for the inside of a container; false when they are not all free. */
function isReserved(work: Working, nodeId: string, { base, total }: { readonly base: number; readonly total: number }): boolean {
  const inside = [...work.graph.inside(nodeId)].map(([id, depth]) => ({ id, factor: MAP_LIMIT ** depth }));
  const isFree = inside.every(({ id, factor }) => work.counts.get(id) <= base * factor && (base + total) * factor < LAST_SLOT);
  if (isFree) for (const { id, factor } of inside) work.counts.set(id, (base + total) * factor);
  return isFree;
}

/** The slot of the inside of a container that is not a map: its own number, where that is one. */
export function slotOf(work: Working, { runIndex, parent }: Omit<ScopeInstance, 'phase'>): { readonly slot?: number } {
  return parent !== undefined && work.scope(parent).slot === runIndex ? { slot: runIndex } : {};
}

/** The slot of a section: its own number, wherever it stands, so that what undoes it can be numbered like what it did. */
export function sectionSlot(work: Working, section: Omit<ScopeInstance, 'phase'>): Pick<ScopeInstance, 'slot' | 'matched'> {
  const { nodeId, runIndex: slot } = section;
  const isFree = slotOf(work, section).slot !== undefined || isReserved(work, nodeId, { base: slot, total: 1 });
  return isFree ? { slot, matched: true } : {};
}

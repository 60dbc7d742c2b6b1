import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChangeGroup, Comparison } from '../graph/comparison.ts';

/** What the canvas compares, and at which change the person is. */
export interface ComparisonState {
  /** Null: nothing is compared. */
  readonly comparison: Comparison | null;
  /** Key of the group of changes that was looked at last. */
  readonly current: string | null;
}

/** The store of {@link ComparisonState}. */
export type ComparisonStore = StoreApi<ComparisonState>;

/** A store with a comparison. */
export function createComparisonStore(comparison: Comparison | null): ComparisonStore {
  return createStore<ComparisonState>(() => ({ comparison, current: null }));
}

/** Goes to the next or previous change, round and round. @returns it; null where there are none */
export function stepThrough(store: ComparisonStore, direction: 1 | -1): ChangeGroup | null {
  const { comparison, current } = store.getState();
  const groups = comparison?.groups ?? [];
  const now = groups.findIndex(({ key }) => key === current);
  const at = now === -1 && direction === -1 ? groups.length - 1 : (now + direction + groups.length) % Math.max(1, groups.length);
  const group = groups[at] ?? null;
  if (group) store.setState({ current: group.key });
  return group;
}

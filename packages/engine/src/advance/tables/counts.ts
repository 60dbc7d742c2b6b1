import type { RunState } from '@millwright/workflow';
import { Table } from './table.ts';

/** Activations up to which counts are copied whole: a copy of a thousand takes a quarter of a millisecond. */
const FEW = 64;
/** Most counts that are kept beside the long record. */
const RECENT = 32;

type StoredCounts = Pick<RunState, 'counts' | 'recentCounts'>;

/** The next `runIndex` of a node. */
export function countOf({ counts, recentCounts }: StoredCounts, nodeId: string): number {
  return recentCounts?.[nodeId] ?? counts[nodeId] ?? 0;
}

/** The counts of a state while one event is applied. In long runs the newest are written beside the others, now and then together. */
export class Counts {
  readonly #all: Table<number>;
  readonly #recent: Table<number>;
  readonly #isLong: boolean;

  constructor({ counts, recentCounts, total }: StoredCounts & Pick<RunState, 'total'>) {
    this.#all = new Table(counts);
    this.#recent = new Table(recentCounts);
    this.#isLong = total >= FEW;
  }

  get(nodeId: string): number {
    return this.#recent.get(nodeId) ?? this.#all.get(nodeId) ?? 0;
  }

  set(nodeId: string, next: number): void {
    (this.#isLong ? this.#recent : this.#all).set(nodeId, next);
  }

  /** As the next state has them. */
  finish() {
    const recent = Object.entries(this.#recent.record);
    if (recent.length > RECENT) {
      for (const [nodeId, next] of recent) this.#all.set(nodeId, next);
      this.#recent.clear();
    }
    return { counts: this.#all.record, recentCounts: this.#recent.some };
  }
}

import type { Clock } from '@millwright/core';

/** Younger than this, an eager start cannot have been handed to another process: that takes the workflow task timeout of 10 s. */
const FRESH_MS = 5000;
/** Marks kept at most; starts whose segment never came. */
const MAX_MARKS = 10_000;

/**
 * Runs that this very process has just started eagerly and that nobody else can have touched:
 * their first segment has nothing to read. Keyed by Temporal's own run id, which no other start shares.
 */
export class EagerStarts {
  readonly #startedAt = new Map<string, number>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Marks an eager start. @param sinceMs monotonic ms taken before the start was sent */
  add(executionRunId: string, sinceMs: number): void {
    if (this.#startedAt.size >= MAX_MARKS) this.#startedAt.clear();
    this.#startedAt.set(executionRunId, sinceMs);
  }

  /** Whether the mark was there and fresh; true once per start. */
  take(executionRunId: string): boolean {
    const startedAt = this.#startedAt.get(executionRunId);
    this.#startedAt.delete(executionRunId);
    return startedAt !== undefined && this.#clock.monotonicMs() - startedAt < FRESH_MS;
  }
}

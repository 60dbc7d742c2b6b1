import type { RunId } from '@millwright/core';
import type { ReplyMessage } from '@millwright/workflow';

type Waiter = (message: ReplyMessage) => void;

/** Callers of this process that wait for a run's answer. The executor of the same process delivers from memory. */
export class ReplyWaiters {
  readonly #waiters = new Map<RunId, Set<Waiter>>();

  /**
   * Waits for the answer of a run.
   * @returns the promise of the answer, and a function that stops waiting
   */
  wait(runId: RunId): { readonly answer: Promise<ReplyMessage>; readonly stop: () => void } {
    const { promise, resolve } = Promise.withResolvers<ReplyMessage>();
    const waiting = this.#waiters.get(runId) ?? new Set<Waiter>();
    waiting.add(resolve);
    this.#waiters.set(runId, waiting);
    const stop = (): void => {
      waiting.delete(resolve);
      if (waiting.size === 0) this.#waiters.delete(runId);
    };
    return { answer: promise, stop };
  }

  /** Hands an answer to whoever waits for it; nobody waiting is fine. The first answer wins. */
  deliver(runId: RunId, message: ReplyMessage): void {
    const waiting = this.#waiters.get(runId);
    this.#waiters.delete(runId);
    for (const resolve of waiting ?? []) resolve(message);
  }

  /** Callers that wait now. */
  get size(): number {
    return this.#waiters.size;
  }
}

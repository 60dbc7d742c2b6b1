import type { RunId } from '@millwright/core';
import type { Listen } from '../listen.ts';

/** Hears that something was decided for runs that are open here. */
export interface LedgerNews {
  /** Calls back each time. @returns stops that */
  readonly onNews: (runId: RunId, callback: () => void) => () => void;
}

/** What is said on the channel `run_wake`. What is missed costs a wake-up: the next segment reads it. */
export class News implements LedgerNews {
  readonly #callbacks = new Map<string, () => void>();
  #unlisten: (() => void) | null = null;

  start(listen: Listen | undefined): void {
    this.#unlisten =
      listen?.(
        'run_wake',
        (payload) => this.#callbacks.get(payload.slice(payload.indexOf(':') + 1))?.(),
        () => {
          for (const callback of this.#callbacks.values()) callback();
        },
      ) ?? null;
  }

  stop(): void {
    this.#unlisten?.();
  }

  onNews(runId: string, callback: () => void): () => void {
    this.#callbacks.set(runId, callback);
    return () => {
      if (this.#callbacks.get(runId) === callback) this.#callbacks.delete(runId);
    };
  }
}

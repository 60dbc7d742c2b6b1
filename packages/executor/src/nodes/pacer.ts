import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@millwright/core';

/** Lets other work of the process run every 5 ms. */
export class Pacer {
  readonly #clock: Clock;
  #sinceMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#sinceMs = clock.monotonicMs();
  }

  /** A pause when one is due; cheap otherwise. */
  async pause(): Promise<void> {
    if (this.#clock.monotonicMs() - this.#sinceMs < 5) return;
    await setImmediate();
    this.#sinceMs = this.#clock.monotonicMs();
  }
}

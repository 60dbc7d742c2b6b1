import type { Clock } from '@millwright/core';
import { systemTimers, type Timers } from '../timers.ts';

/** Lets other work of the process run every 5 ms. */
export class Pacer {
  readonly #clock: Clock;
  readonly #timers: Timers;
  #sinceMs: number;

  /** @param timers default: the machine's */
  constructor(clock: Clock, timers: Timers = systemTimers) {
    this.#clock = clock;
    this.#timers = timers;
    this.#sinceMs = clock.monotonicMs();
  }

  /** 5 ms have passed since the last pause. */
  get isDue(): boolean {
    return this.#clock.monotonicMs() - this.#sinceMs >= 5;
  }

  /** A pause when one is due; cheap otherwise. */
  async pause(): Promise<void> {
    if (!this.isDue) return;
    await this.#timers.turn();
    this.#sinceMs = this.#clock.monotonicMs();
  }
}

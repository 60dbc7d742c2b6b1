import type { Clock } from '@millwright/core';

/** How often the loop is seen to turn, ms. */
const TICK_MS = 50;
/** A turn counts for no more than this, ms. */
const MOST_MS = 2 * TICK_MS;

/**
 * A clock that goes only while the event loop turns. A process with too much to do hears every answer late; by this clock it does not
 * hold that against whoever answered.
 */
export class LoopClock {
  readonly #clock: Clock;
  readonly #timer: NodeJS.Timeout;
  #countedMs = 0;
  #tickedAtMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#tickedAtMs = clock.monotonicMs();
    this.#timer = setInterval(() => this.#tick(), TICK_MS).unref();
  }

  /** Time in which the loop turned, ms since an arbitrary moment. */
  readonly monotonicMs = (): number => this.#countedMs + this.#sinceTick();

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    this.#countedMs += this.#sinceTick();
    this.#tickedAtMs = this.#clock.monotonicMs();
  }

  #sinceTick(): number {
    return Math.min(MOST_MS, this.#clock.monotonicMs() - this.#tickedAtMs);
  }
}

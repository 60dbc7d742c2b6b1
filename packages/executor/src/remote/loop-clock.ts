import type { Clock } from '@millwright/core';

/** How often the loop is seen to turn, ms. */
const TICK_MS = 50;
/** A turn counts for no more than this, ms. */
const MOST_MS = 2 * TICK_MS;
/** Nobody has read it for so long: it rests, and an idle process is not woken for it, ms. */
const REST_MS = 10_000;

/**
 * A clock that goes only while the event loop turns. A process with too much to do hears every answer late; by this clock it does not
 * hold that against whoever answered. It stands still, too, when nobody reads it for ten seconds.
 */
export class LoopClock {
  readonly #clock: Clock;
  #timer: NodeJS.Timeout | null = null;
  #countedMs = 0;
  #tickedAtMs = 0;
  #readAtMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Time in which the loop turned, ms since an arbitrary moment. */
  readonly monotonicMs = (): number => {
    this.#readAtMs = this.#clock.monotonicMs();
    if (this.#timer === null) {
      this.#tickedAtMs = this.#readAtMs;
      this.#timer = setInterval(() => this.#tick(), TICK_MS).unref();
    }
    return this.#countedMs + this.#sinceTick();
  };

  #tick(): void {
    this.#countedMs += this.#sinceTick();
    this.#tickedAtMs = this.#clock.monotonicMs();
    if (this.#timer === null || this.#tickedAtMs - this.#readAtMs < REST_MS) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  #sinceTick(): number {
    return Math.min(MOST_MS, this.#clock.monotonicMs() - this.#tickedAtMs);
  }
}

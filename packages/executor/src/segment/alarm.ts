import { systemTimers, type Timers } from '../timers.ts';

/** Waits for whatever comes first: a ring, or a time. */
export class Alarm {
  readonly #timers: Timers;
  #ringing = Promise.withResolvers<void>();

  /** @param timers default: the machine's */
  constructor(timers: Timers = systemTimers) {
    this.#timers = timers;
  }

  /** Ends the wait that is on, or the next one. */
  ring(): void {
    this.#ringing.resolve();
  }

  /** @param ms longest wait; Infinity waits for a ring */
  async wait(ms: number): Promise<void> {
    const stop = ms < 2 ** 31 ? this.#timers.after(Math.max(0, ms), () => this.ring()) : undefined;
    await this.#ringing.promise;
    stop?.();
    this.#ringing = Promise.withResolvers();
  }
}

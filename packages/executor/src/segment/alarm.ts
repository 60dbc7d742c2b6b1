/** Waits for whatever comes first: a ring, or a time. */
export class Alarm {
  #ringing = Promise.withResolvers<void>();

  /** Ends the wait that is on, or the next one. */
  ring(): void {
    this.#ringing.resolve();
  }

  /** @param ms longest wait; Infinity waits for a ring */
  async wait(ms: number): Promise<void> {
    const timer = ms < 2 ** 31 ? setTimeout(() => this.ring(), Math.max(0, ms)) : undefined;
    await this.#ringing.promise;
    clearTimeout(timer);
    this.#ringing = Promise.withResolvers();
  }
}

import type { Clock } from '@millwright/core';

interface Timer {
  readonly atMs: number;
  readonly callback: () => void;
}

/** Time that passes only when it is told to. */
export class VirtualTime {
  /** For everything that asks what time it is. */
  readonly clock: Clock = { nowMs: () => this.nowMs, monotonicMs: () => this.nowMs };
  /** Milliseconds since 1970. */
  nowMs = Date.UTC(2026, 10, 21);
  readonly #timers: Timer[] = [];

  /** When the next timer is due; undefined when there is none. */
  get nextMs(): number | undefined {
    return this.#timers[0]?.atMs;
  }

  /** Calls back once, after others that are due at the same time. @returns takes it back */
  after(ms: number, callback: () => void): () => void {
    const timer = { atMs: this.nowMs + Math.max(0, ms), callback };
    const at = this.#timers.findLastIndex((one) => one.atMs <= timer.atMs);
    this.#timers.splice(at + 1, 0, timer);
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
    };
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  /** Lets time pass until the next timer and fires it; false when there is none. */
  pass(): boolean {
    const next = this.#timers.shift();
    if (next === undefined) return false;
    this.nowMs = Math.max(this.nowMs, next.atMs);
    next.callback();
    return true;
  }
}

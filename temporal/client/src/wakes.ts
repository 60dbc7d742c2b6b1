import type { Clock } from '@millwright/core';

/** One wake-up per run, process and second; Temporal takes about five signals a second per run. */
const QUIET_MS = 1000;
/** Runs remembered; older ones are forgotten, which costs at most one signal more. */
const MAX_REMEMBERED = 10_000;

interface Remembered {
  readonly sentAt: number;
  /** A wake-up that was held back; everybody who asked meanwhile waits for it. */
  later: Promise<boolean> | null;
}

/** Sends wake-ups, holding back those that follow too soon. None is lost: what is held back leaves when the second is over. */
export class Wakes {
  readonly #remembered = new Map<string, Remembered>();
  readonly #send: (runId: string) => Promise<boolean>;
  readonly #clock: Clock;

  /** @param send signals Temporal; false when there is nothing to wake any more */
  constructor(send: (runId: string) => Promise<boolean>, clock: Clock) {
    this.#send = send;
    this.#clock = clock;
  }

  /** Wakes a run, now or when its second is over. */
  async wake(runId: string): Promise<boolean> {
    const last = this.#remembered.get(runId);
    const waitMs = last === undefined ? 0 : last.sentAt + QUIET_MS - this.#clock.monotonicMs();
    if (last === undefined || waitMs <= 0) return this.#sendNow(runId);
    last.later ??= new Promise((resolve) => setTimeout(resolve, waitMs)).then(() => this.#sendNow(runId));
    return last.later;
  }

  #sendNow(runId: string): Promise<boolean> {
    this.#remembered.delete(runId);
    if (this.#remembered.size >= MAX_REMEMBERED)
      for (const [oldest] of this.#remembered) {
        this.#remembered.delete(oldest);
        break;
      }
    this.#remembered.set(runId, { sentAt: this.#clock.monotonicMs(), later: null });
    return this.#send(runId);
  }
}

import { setImmediate } from 'node:timers/promises';

/** Waiting, injected where a simulation has to decide when time passes. */
export interface Timers {
  /**
   * Calls back once.
   * @param ms from now, 0 to 2^31 − 1
   * @returns takes it back; changes nothing once it has called
   */
  readonly after: (ms: number, callback: () => void) => () => void;
  /** Lets everything else go on that is due in the process. */
  readonly turn: () => Promise<void>;
}

/** The machine's timers. */
export const systemTimers: Timers = {
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
  turn: () => setImmediate(),
};

/** Waits for a time. */
export function pauseFor(timers: Timers, ms: number): Promise<void> {
  return new Promise((resolve) => {
    timers.after(ms, resolve);
  });
}

/** A source of time, injected wherever time matters. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  readonly nowMs: () => number;
  /** Milliseconds that only grow, for leases and durations. */
  readonly monotonicMs: () => number;
}

/** The machine's clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

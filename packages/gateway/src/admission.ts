import { monitorEventLoopDelay } from 'node:perf_hooks';
import { UserError } from '@millwright/core';

/** Runs whose segment is open in this process. */
export interface RunLoad {
  /** All of them. */
  readonly open: number;
  /** Those that no call has held for more than 2 s; further calls to a service that takes so long are handed out, and hold no segment. */
  readonly quick: number;
  /** Those that no call has held for more than 250 ms. */
  readonly busy: number;
}

/** What one process takes on at a time. */
export interface AdmissionLimits {
  /** Open runs that no slow call holds. Default 400: at 100 runs a second none takes longer than 4 s; from 10 s on they are begun again elsewhere. */
  readonly quickRuns: number;
  /** All open runs. Default 2,000: what they hold in memory. */
  readonly openRuns: number;
  /** Deliveries between their arrival and the commit of their start. Default 100: at 100 starts a second they wait a second at most. */
  readonly starting: number;
  /** Mean delay of the event loop, in ms. Default 500. */
  readonly loopDelayMs: number;
}

/** Runs that one process has open at most, those that only wait included: for what they hold in memory. */
export const MOST_OPEN_RUNS = 2_000;

/** The defaults. */
const ADMISSION_LIMITS: AdmissionLimits = { quickRuns: 400, openRuns: MOST_OPEN_RUNS, starting: 100, loopDelayMs: 500 };

/** What this process is busy with. */
export interface AdmissionGauges {
  readonly runs: () => RunLoad;
  /** Mean delay of the event loop lately, in ms. */
  readonly loopDelayMs: () => number;
}

/** When a refused caller should come back, in ms. */
const RETRY_AFTER_MS = 1_000;

/**
 * Decides before anything is read or written whether a delivery is taken on. What is refused costs next to nothing, so that what was
 * accepted keeps its latency and memory stays flat.
 */
export class Admission {
  readonly #gauges: AdmissionGauges;
  readonly #limits: AdmissionLimits;
  #starting = 0;

  constructor(gauges: AdmissionGauges, limits: Partial<AdmissionLimits> = {}) {
    this.#gauges = gauges;
    this.#limits = { ...ADMISSION_LIMITS, ...limits };
  }

  /**
   * Takes a delivery on as far as its endpoint is concerned.
   * @returns to be called once its start is on disk or has failed; more calls change nothing
   * @throws UserError `over_capacity`: nothing was accepted
   */
  enter(): () => void {
    const { starting, loopDelayMs } = this.#limits;
    if (this.#starting >= starting || this.#gauges.loopDelayMs() >= loopDelayMs) throw overCapacity();
    this.#starting += 1;
    let isIn = true;
    return () => {
      if (isIn) this.#starting -= 1;
      isIn = false;
    };
  }

  /** Whether a caller that waits for its run can be taken on. @throws UserError `over_capacity`: nothing was accepted */
  assertRoom(): void {
    const { open, quick } = this.#gauges.runs();
    if (quick >= this.#limits.quickRuns || open >= this.#limits.openRuns) throw overCapacity();
  }
}

/** Nothing was accepted, and when to come back. */
export function overCapacity(): UserError {
  return new UserError('tooMany', {
    code: 'over_capacity',
    message: 'this server has as many runs as it can carry',
    hint: 'Nothing was accepted. Send it again after the time in Retry-After.',
    retry: { afterMs: RETRY_AFTER_MS },
  });
}

/** How often the delay is read, in ms; also the span that a reading covers. One long collection or a start is no overload. */
const WINDOW_MS = 1_000;
const RESOLUTION_MS = 100;
const NS_PER_MS = 1_000_000;

/** Measures how late this process' event loop is. */
export class LoopDelay {
  readonly #histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #timer: NodeJS.Timeout | null = null;
  #meanMs = 0;

  /** Mean lateness lately, in ms: half of it is the last second's. */
  get meanMs(): number {
    return this.#meanMs;
  }

  start(): void {
    this.#histogram.enable();
    this.#timer = setInterval(() => {
      // Readings include the interval itself; without one the mean is not a number.
      const meanMs = this.#histogram.mean / NS_PER_MS - RESOLUTION_MS;
      this.#meanMs = (this.#meanMs + Math.max(0, meanMs || 0)) / 2;
      this.#histogram.reset();
    }, WINDOW_MS).unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#histogram.disable();
  }
}

import type { Clock } from '@millwright/core';

/** Slower than this is slow. */
const SLOW_MS = 2_000;
/** A run whose call is out for longer only waits: it takes nothing of this process. */
const WAITING_MS = 250;
/** Calls that are looked at: the last ones, and as few as allow a judgement. */
const SAMPLES = 20;
/** Nodes that are remembered; those that were not called for longest leave first. */
const MAX_NODES = 5_000;

interface Times {
  /** Whether each of the last calls was slow, the newest last. */
  readonly over: boolean[];
  /** Calls under way by their beginning, the oldest first. */
  readonly underWay: Map<symbol, number>;
}

/**
 * How long calls of nodes take in this process: which ones would hold a segment.
 * @param clock one that stands still while the process is too busy to hear an answer (`LoopClock`): its own slowness is not the service's
 */
export class CallTimes {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #nodes = new Map<string, Times>();
  /** Calls under way out of open segments, the oldest first. */
  readonly #ofRuns = new Map<symbol, { readonly runId: string; readonly startedAtMs: number }>();

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
  }

  /**
   * Begins a call: its request leaves now; what it waited for before that is ours.
   * @param runId the run whose open segment waits for it; absent where none does
   * @returns to be called when it is over
   */
  begin(planHash: string, nodeId: string, runId?: string): () => void {
    const times = this.#of(`${planHash}:${nodeId}`);
    const call = Symbol(nodeId);
    const startedAtMs = this.#clock.monotonicMs();
    times.underWay.set(call, startedAtMs);
    if (runId !== undefined) this.#ofRuns.set(call, { runId, startedAtMs });
    return () => {
      this.#ofRuns.delete(call);
      if (!times.underWay.delete(call)) return;
      times.over.push(this.#clock.monotonicMs() - startedAtMs > SLOW_MS);
      if (times.over.length > SAMPLES) times.over.shift();
    };
  }

  /**
   * More than half took over 2 s, of at least the last 20. A call under way for longer than that counts: of many that begin at once, not
   * all have to end before it is known. Not the slowest one in twenty: on a machine with too much to do any call is slow now and then, and
   * handing it out costs more, so that the machine would have still more to do.
   */
  isSlow(planHash: string, nodeId: string): boolean {
    const times = this.#nodes.get(`${planHash}:${nodeId}`);
    if (times === undefined) return false;
    const since = this.#clock.monotonicMs() - SLOW_MS;
    let hanging = 0;
    for (const startedAtMs of times.underWay.values()) {
      if (startedAtMs >= since || hanging >= SAMPLES) break;
      hanging += 1;
    }
    const over = times.over.slice(Math.max(0, times.over.length + hanging - SAMPLES));
    return over.length + hanging >= SAMPLES && hanging + over.filter((isSlow) => isSlow).length > SAMPLES / 2;
  }

  /** Runs with an open segment that has waited for an answer for more than 250 ms. */
  waitingRuns(): number {
    return this.#runsOutFor(WAITING_MS);
  }

  /** Those that have waited for more than 2 s; what their service is asked next is handed out. */
  slowRuns(): number {
    return this.#runsOutFor(SLOW_MS);
  }

  #runsOutFor(ms: number): number {
    const since = this.#clock.monotonicMs() - ms;
    const runs = new Set<string>();
    for (const { runId, startedAtMs } of this.#ofRuns.values()) {
      if (startedAtMs >= since) break;
      runs.add(runId);
    }
    return runs.size;
  }

  #of(key: string): Times {
    const times = this.#nodes.get(key) ?? { over: [], underWay: new Map() };
    this.#nodes.delete(key);
    this.#nodes.set(key, times);
    if (this.#nodes.size > MAX_NODES) this.#forget();
    return times;
  }

  #forget(): void {
    for (const [key, { underWay }] of this.#nodes) {
      if (underWay.size > 0) continue;
      this.#nodes.delete(key);
      return;
    }
  }
}

import { TransientError, type RunId } from '@millwright/core';
import { MOST_OPEN_RUNS, type AdmissionGauges } from './admission.ts';
import type { GatewayPorts, RunStart } from './ports.ts';

/** Bounds of what one process keeps. */
export interface BacklogLimits {
  /** Deliveries held ready. Default 5,000: what one machine works off in a minute. */
  readonly deliveries: number;
  /** Of one workspace. Default three quarters, so that a flood of one leaves room for the others. */
  readonly ofWorkspace: number;
  /** Bytes of their items. Default 32 MiB. */
  readonly bytes: number;
  /** Starts under way. Default 8: with 16, one in a hundred deliveries was accepted half as fast. */
  readonly starting: number;
  /** Busy runs from which on none of them is started. Default 24: what keeps two cores busy; runs that wait for a slow service are not among them. */
  readonly busyRuns: number;
  /** The same for runs that no slow call holds. Default 256: so many may meet a service that has just become slow before that is known. */
  readonly quickRuns: number;
  /** The same for all open runs. Default 2,000. */
  readonly openRuns: number;
}

const BACKLOG_LIMITS: BacklogLimits = {
  deliveries: 5_000,
  ofWorkspace: 3_750,
  bytes: 32 * 1024 * 1024,
  starting: 8,
  busyRuns: 24,
  quickRuns: 256,
  openRuns: MOST_OPEN_RUNS,
};

/** How often there is a look at whether runs ended, ms. */
const LOOK_MS = 10;
/** How often deliveries are looked for that another process has kept, or this one before it was started again, ms. */
const SWEEP_MS = 1_000;
/** How old those are at least, ms: younger ones are in the hands of the process that has kept them. */
const MIN_AGE_MS = 2_000;
/** Many of them at a time. */
const SWEEP = 1_000;
/** Pause after a sign that Temporal is away, ms. */
const AWAY_MS = 1_000;

type Ports = Pick<GatewayPorts, 'deliveries' | 'starter' | 'log'>;
type Gauges = Pick<AdmissionGauges, 'runs'>;

/**
 * Deliveries that are on disk and whose runs have not been started: there are more than can be worked on now, or Temporal is away. They
 * start in turn by workspace, each with the id that it was given when it was accepted: starting one twice is refused by Temporal, so that
 * a death at any moment repeats nothing, and what a dead process has kept is started by the next.
 */
export class Backlog {
  readonly #ports: Ports;
  readonly #gauges: Gauges;
  readonly #limits: BacklogLimits;
  /** Ready to start; of each workspace the oldest first, the workspace whose turn it is first. */
  readonly #ready = new Map<string, RunStart[]>();
  readonly #underWay = new Set<Promise<void>>();
  #count = 0;
  #bytes = 0;
  #isAway = false;
  #isRunning = false;
  #look: NodeJS.Timeout | null = null;
  #sweep: NodeJS.Timeout | null = null;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(ports: Ports, gauges: Gauges, limits: Partial<BacklogLimits> = {}) {
    this.#ports = ports;
    this.#gauges = gauges;
    this.#limits = { ...BACKLOG_LIMITS, ...limits };
  }

  /** Whether a workspace's next delivery has to queue: others of its own do, or the process has enough to do. */
  isBehind(workspaceId: string): boolean {
    return this.#ready.has(workspaceId) || this.#isBusy();
  }

  /** Whether one more delivery of a workspace can be kept. */
  hasRoom(workspaceId: string): boolean {
    const { deliveries, ofWorkspace, bytes } = this.#limits;
    return this.#count < deliveries && this.#bytes < bytes && (this.#ready.get(workspaceId)?.length ?? 0) < ofWorkspace;
  }

  /**
   * Keeps a delivery; it is on disk when this resolves.
   * @returns the id of its run: that of the first, where the same delivery came before
   * @throws TransientError `database_unavailable`
   */
  async keep(start: RunStart): Promise<RunId> {
    const runId = await this.#ports.deliveries.storePending(start);
    // Without room it stays on disk alone, where a sweep finds it.
    if (runId === start.header.runId && this.hasRoom(start.header.workspaceId)) this.#add(start);
    return runId;
  }

  /** Starts what is kept, until stopped. */
  start(): void {
    this.#isRunning = true;
    const again = (): void => {
      this.#sweeping = this.sweepOnce()
        .catch((thrown: unknown) => this.#ports.log.error({ err: thrown }, 'pending deliveries could not be read'))
        .then(() => {
          if (this.#isRunning) this.#sweep = setTimeout(again, SWEEP_MS).unref();
        });
    };
    this.#sweep = setTimeout(again, SWEEP_MS).unref();
  }

  /** Takes what others have kept, where nothing is left to do here; quiet while Postgres is away. */
  async sweepOnce(): Promise<void> {
    if (this.#count > 0 || this.#underWay.size > 0) return;
    try {
      for (const start of await this.#ports.deliveries.listPending({ limit: SWEEP, minAgeMs: MIN_AGE_MS })) this.#add(start);
    } catch (thrown) {
      if (!(thrown instanceof TransientError)) throw thrown;
    }
  }

  /** Starts nothing more; resolves when what is under way is over. The rest stays on disk. */
  async stop(): Promise<void> {
    this.#isRunning = false;
    if (this.#sweep) clearTimeout(this.#sweep);
    await this.#sweeping;
    if (this.#look) clearTimeout(this.#look);
    await Promise.all(this.#underWay);
  }

  #add(start: RunStart): void {
    const { workspaceId } = start.header;
    const own = this.#ready.get(workspaceId);
    if (own === undefined) this.#ready.set(workspaceId, [start]);
    else own.push(start);
    this.#count += 1;
    this.#bytes += start.trigger.sizeBytes;
    this.#pump();
  }

  #pump(): void {
    if (this.#isAway || this.#look !== null) return;
    while (this.#count > 0 && this.#underWay.size < this.#limits.starting && !this.#isBusy()) {
      const begun = this.#begin(this.#next());
      this.#underWay.add(begun);
      void begun.then(() => this.#underWay.delete(begun));
    }
    if (this.#count > 0) this.#lookIn(LOOK_MS);
  }

  #isBusy(): boolean {
    const { busyRuns, quickRuns, openRuns } = this.#limits;
    const { open, quick, busy } = this.#gauges.runs();
    return open >= openRuns || quick >= quickRuns || busy >= busyRuns;
  }

  #lookIn(ms: number): void {
    this.#look = setTimeout(() => {
      this.#look = null;
      this.#isAway = false;
      this.#pump();
    }, ms).unref();
  }

  /** The oldest of the workspace whose turn it is; then it is another's. */
  #next(): RunStart {
    for (const [workspaceId, own] of this.#ready) {
      const start = own.shift();
      this.#ready.delete(workspaceId);
      if (own.length > 0) this.#ready.set(workspaceId, own);
      if (start === undefined) continue;
      this.#count -= 1;
      this.#bytes -= start.trigger.sizeBytes;
      return start;
    }
    throw new RangeError('the backlog is empty');
  }

  #putBack(start: RunStart): void {
    const { workspaceId } = start.header;
    this.#ready.set(workspaceId, [start, ...(this.#ready.get(workspaceId) ?? [])]);
    this.#count += 1;
    this.#bytes += start.trigger.sizeBytes;
  }

  /** Never rejects. A started run marks its delivery with its first flush; one that was started before may have been too early to. */
  async #begin(start: RunStart): Promise<void> {
    try {
      const started = await this.#ports.starter.start(start);
      if (started === 'duplicate') await this.#ports.deliveries.markStarted(start);
    } catch (thrown) {
      // With runs open it is only slow: the delivery keeps its place, so that the bounds hold. Otherwise the disk has it, and a sweep brings it
      // again: while Temporal is away, there is room for more than a process holds.
      if (thrown instanceof TransientError && this.#gauges.runs().open > 0) this.#putBack(start);
      const { runId, workspaceId } = start.header;
      if (!(thrown instanceof TransientError))
        this.#ports.log.error({ err: thrown, runId, workspaceId }, 'a delivery could not be started');
      this.#pause();
    }
  }

  #pause(): void {
    this.#isAway = true;
    if (this.#look !== null) clearTimeout(this.#look);
    this.#lookIn(AWAY_MS);
  }
}

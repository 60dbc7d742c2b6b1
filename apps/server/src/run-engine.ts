import path from 'node:path';
import type { ConnectorRuntime } from '@millwright/connector-runtime';
import { messageOf, systemClock, TransientError } from '@millwright/core';
import { createLedger, type Database, type Ledger } from '@millwright/db';
import type { Egress } from '@millwright/egress';
import { KEPT_VERSIONS } from '@millwright/engine';
import { POISON_LOSSES, SUSPECT_LOSSES, type Executor, type SegmentLoad } from '@millwright/executor';
import type { ReplyWaiters, RunStart } from '@millwright/gateway';
import type { NodeRunners } from '@millwright/node-registry';
import type { Logger } from '@millwright/platform';
import { createActivities, createRemoteActivities, type CodeMachinery } from '@millwright/temporal-activities';
import { createDataConverter, createRunStarter, EagerStarts, type PayloadKeys, type RunStarter } from '@millwright/temporal-client';
import { taskQueue } from '@millwright/temporal-protocol';
import { connectTemporal, createWorkers, type Workers } from '@millwright/temporal-worker';
import { createChildRuns } from './calls/child-runs.ts';
import { RunWaker } from './calls/run-waker.ts';
import { ROLES, type ServerConfig } from './config.ts';
import { createFixValues, type FixValues } from './calls/fixed-values.ts';
import { LoneSegments } from './segments/lone-segments.ts';
import { createSegmentExecutor } from './segments/segment-executor.ts';
import { startHere } from './segments/start-here.ts';
import { buildOf, watchBuild } from './upgrades/build.ts';

/** Temporal's, of this product. */
export const NAMESPACE = 'millwright';
/** Pause between tries to reach Temporal at start, in ms. */
const RETRY_MS = 500;

/** What the run engine is made of. */
export interface RunEngineParts {
  readonly config: ServerConfig;
  readonly db: Database;
  readonly egress: Egress;
  readonly replies: ReplyWaiters;
  readonly runners: NodeRunners;
  /** Runs declared actions, with credentials. */
  readonly connectors: ConnectorRuntime;
  /** Where Code steps run; absent in processes that run none. */
  readonly code?: CodeMachinery | undefined;
  readonly keys: PayloadKeys;
  readonly dataDir: string;
  readonly log: Logger;
}

/** Of a process that has not reached Temporal. */
const IDLE: SegmentLoad = { open: 0, quick: 0, busy: 0 };

/** What exists once Temporal was reached. */
interface Link {
  readonly starter: RunStarter;
  readonly workers: Workers | null;
  /** Null where this process runs no runs of the background. */
  readonly waker: RunWaker | null;
  /** Holds first segments of runs that are started here; null where this process runs none. */
  readonly hold: Executor['hoist'] | null;
  readonly load: Executor['load'];
  /** Whether new runs go to this build. */
  readonly isCurrent: () => boolean;
  readonly close: () => Promise<void>;
}

function temporalAway(): TransientError {
  return new TransientError({
    code: 'temporal_unavailable',
    message: 'Temporal was not reached yet',
    hint: 'Runs cannot be started for the moment. Try again soon.',
    retry: { afterMs: 2000 },
  });
}

/**
 * Runs' way to Temporal and back: the ledger with its lease, the workers, and the starter on the same link. Reaches for
 * Temporal until it answers; meanwhile starts are refused as `temporal_unavailable`.
 */
export class RunEngine {
  readonly #parts: RunEngineParts;
  readonly #ledger: Ledger;
  readonly #lone: LoneSegments;
  readonly #fixValues: FixValues;
  readonly #failed = Promise.withResolvers<unknown>();
  #link: Link | null = null;
  #reaching: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(parts: RunEngineParts) {
    this.#parts = parts;
    this.#ledger = createLedger({
      pool: parts.db.executor.pool,
      listen: parts.db.listen,
      log: parts.log,
      leaves: { from: SUSPECT_LOSSES, below: POISON_LOSSES },
    });
    this.#lone = new LoneSegments(parts.log);
    this.#fixValues = createFixValues({ db: parts.db, environment: parts.config.expressionEnv });
  }

  /** Resolves with the reason when the workers failed for good. */
  get failed(): Promise<unknown> {
    return this.#failed.promise;
  }

  /** Takes the lease and begins to reach for Temporal. @throws TransientError `database_unavailable` */
  async start(): Promise<void> {
    await this.#ledger.startOwner();
    this.#reaching = this.#reach();
  }

  /** Resolves when Temporal was reached, or after the time: a server without Temporal still keeps webhooks. */
  async reached(withinMs: number): Promise<void> {
    await Promise.race([this.#reaching, new Promise((resolve) => setTimeout(resolve, withinMs).unref())]);
  }

  async #reach(): Promise<void> {
    while (!this.#stopped && !this.#link) {
      try {
        this.#link = await this.#connect();
      } catch (thrown) {
        this.#parts.log.debug({ detail: messageOf(thrown) }, 'temporal was not reached yet');
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  async #connect(): Promise<Link> {
    const { config, dataDir, db, keys, log } = this.#parts;
    const connection = await connectTemporal(config.TEMPORAL_ADDRESS, log);
    try {
      const queuePrefix = config.MILLWRIGHT_QUEUE_PREFIX;
      const dataConverter = createDataConverter(keys);
      const shared = { connection, namespace: NAMESPACE, dataConverter };
      const { queues } = ROLES[config.MILLWRIGHT_ROLE];
      const eagerStarts = queues.length > 0 ? { eagerStarts: new EagerStarts(systemClock) } : {};
      const calls = { db, starter: createRunStarter({ ...shared, queue: taskQueue('bg', queuePrefix) }), fixValues: this.#fixValues };
      const children = createChildRuns(calls);
      const executor = createSegmentExecutor(
        { ...this.#parts, children, alone: (input) => this.#lone.run(input), remote: config.MILLWRIGHT_REMOTE },
        this.#ledger,
      );
      const activities = createActivities({ executor, ...eagerStarts });
      const workers =
        queues.length > 0
          ? await createWorkers({
              ...shared,
              queues,
              queuePrefix,
              activities,
              remoteActivities: createRemoteActivities(executor),
              build: buildOf(config),
              cacheDir: path.resolve(config.MILLWRIGHT_CACHE ?? path.join(dataDir, 'cache')),
              log,
            })
          : null;
      const watch = watchBuild(workers === null ? undefined : buildOf(config), { connection, namespace: NAMESPACE, log });
      workers?.stopped.catch((thrown: unknown) => this.#failed.resolve(thrown));
      const starter = createRunStarter({ ...shared, queue: taskQueue('rt', queuePrefix), ...eagerStarts });
      const waker = (queues as readonly string[]).includes('bg') ? new RunWaker({ db, starter, calls, log }) : null;
      waker?.start();
      return {
        starter,
        workers,
        waker,
        hold: queues.length > 0 ? this.#holderOf(executor) : null,
        load: executor.load,
        isCurrent: watch.isCurrent,
        close: () => connection.close().finally(watch.stop),
      };
    } catch (thrown) {
      await connection.close();
      throw thrown;
    }
  }

  /** What may have killed a process begins when it is on disk: deaths of a run are counted by its row. */
  #holderOf(executor: Executor): Executor['hoist'] {
    const mayHoist = (): boolean => this.#parts.config.MILLWRIGHT_HOIST === 'on' && this.#ledger.isCalm();
    return (input, committed) => (mayHoist() ? executor.hoist : executor.prepare)(input, committed);
  }

  #reachedLink(): Link {
    if (!this.#link) throw temporalAway();
    return this.#link;
  }

  /**
   * Starts a run with the values that its expressions mention; resolves when the start is on disk.
   * @throws TransientError `temporal_unavailable`, `database_unavailable`: nothing was started
   */
  async startRun({ header: known, skeleton, trigger }: RunStart): Promise<'started' | 'duplicate'> {
    const { starter, hold, isCurrent } = this.#reachedLink();
    const header = skeleton.mentions === undefined ? known : await this.#fixValues(known, skeleton);
    const input = { v: 1, header, skeleton, trigger } as const;
    // An eager start runs here, without asking the ledger: what may kill is not to.
    const isEager = isCurrent() && KEPT_VERSIONS.includes(skeleton.engineVersion) && !this.#ledger.isGuilty(header.planHash);
    // What a resumed run begins with is read from the ledger: there is nothing to compute before.
    const isHeld = isEager && hold !== null && header.resumes === undefined;
    const answer = isHeld ? await startHere(starter, hold, input) : await starter.start(input, { isEager });
    return 'started' in answer ? 'started' : 'duplicate';
  }

  /** Tells a run that something was decided; false when it is over. @throws TransientError `temporal_unavailable` */
  async wake(runId: string): Promise<boolean> {
    return this.#reachedLink().starter.wake(runId);
  }

  /** Ends a run's workflow, whose row has ended; false when it is over. @throws TransientError `temporal_unavailable` */
  async terminate(runId: string, reason: string): Promise<boolean> {
    return this.#reachedLink().starter.terminate(runId, reason);
  }

  /** Segments that are open in this process. */
  get load(): SegmentLoad {
    return this.#link?.load() ?? IDLE;
  }

  /** Resolves when Temporal answers. @throws TransientError `temporal_unavailable` */
  async ready(): Promise<void> {
    await this.#reachedLink().starter.describe('run_readiness');
  }

  /** Takes no new work, lets what is in flight finish, gives the lease back. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#reaching;
    await this.#link?.waker?.stop();
    await this.#link?.workers?.shutdown();
    this.#lone.stop();
    await this.#ledger.stopOwner();
    await this.#link?.close();
  }
}

import { TransientError } from '@millwright/core';
import type { Executor } from '@millwright/executor';
import type { RunGraphInput } from '@millwright/temporal-protocol';
import type { HostPorts } from '@millwright/temporal-workflows/host-ports';
import { runSegments } from '@millwright/temporal-workflows/run-segments';
import type { DataRef, Item, PlanSkeleton, RunHeader, RunState, SegmentInput, SegmentResult } from '@millwright/workflow';
import { ContinuedAsNew, History } from './history.ts';
import { startHoisted } from './hoisted-start.ts';
import { runRemoteNode } from './remote-node.ts';
import type { Life } from '../server.ts';
import type { World } from '../world.ts';

/** Until a lost worker's task is given to another one, ms. */
const TASK_TIMEOUT_MS = 10_000;
/** Segments after which a run counts as one that never ends. */
const MAX_SEGMENTS = 400;

type Kind = 'cancel' | 'pause' | 'news';

interface Listener {
  readonly kind: Kind;
  readonly life: Life;
  readonly callback: () => void;
}

/** A segment as the workflow took it over. */
export interface Accepted {
  readonly openedAtMs: number;
  /** Number of the last outcome before it. */
  readonly fromSeq: number;
  readonly kind: SegmentResult['kind'];
}

/** Plays Temporal for the workflow of one run: the loop of the host is the real one. */
export class RunHost {
  readonly header: RunHeader;
  readonly accepted: Accepted[] = [];
  /** How its workflow closed; undefined while it is open. */
  status: string | undefined;
  readonly #world: World;
  readonly #skeleton: PlanSkeleton;
  readonly #trigger: DataRef;
  readonly #listeners = new Set<Listener>();
  #history: History;
  #segments = 0;
  #state: RunState | undefined;
  #server: ReturnType<World['server']> | undefined;
  /** The process that holds its first segment. */
  #hoister: Life | undefined;

  constructor(world: World, parts: { readonly header: RunHeader; readonly skeleton: PlanSkeleton; readonly trigger: DataRef }) {
    this.#world = world;
    this.header = parts.header;
    this.#skeleton = parts.skeleton;
    this.#trigger = parts.trigger;
    this.#history = new History(world.time);
  }

  /** What it was started with. */
  get items(): readonly Item[] {
    return this.#trigger.inline ?? [];
  }

  /** Where a node run stands in ledger keys. */
  placeOf(nodeId: string, runIndex: number): number {
    const active = this.#state?.active.find((one) => one.nodeId === nodeId && one.runIndex === runIndex);
    return active?.keyIndex ?? runIndex;
  }

  get isCanceled(): boolean {
    return this.#world.rowOf(this.header.runId)?.cancelRequested === true;
  }

  /** A process wants to hear of something while a segment is open in it. */
  listen(kind: Kind, life: Life, callback: () => void): () => void {
    const listener = { kind, life, callback };
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Processes hear of something, sooner or later; the workflow is woken. */
  tell(kind: Kind): void {
    const { time, random } = this.#world;
    for (const listener of this.#listeners)
      if (listener.kind === kind)
        time.after(random.int(500), () => {
          if (this.#listeners.has(listener) && !listener.life.isDead) listener.callback();
        });
    // A signal may be lost; then a sweeper notices after a while.
    time.after(random.chance(0.1) ? 5_000 + random.int(5_000) : random.int(50), () => this.wake());
  }

  wake(): void {
    this.#history.dirty = true;
  }

  /**
   * Until the run has ended, history after history.
   * @param isHoisted the process that starts it opens its first segment while the start is on its way
   */
  async play(isHoisted: boolean): Promise<void> {
    const started = { v: 1 as const, header: this.header, skeleton: this.#skeleton, trigger: this.#trigger };
    const hoisted = isHoisted ? await startHoisted(this.#world, started) : undefined;
    this.#hoister = hoisted?.life;
    let input: RunGraphInput = hoisted === undefined ? started : { ...started, hoistedAtMs: hoisted.atMs };
    while (this.status === undefined) {
      this.#history = new History(this.#world.time);
      try {
        this.status = (await runSegments(input, this.#ports(this.#history, hoisted?.atMs))).status;
      } catch (thrown) {
        if (!(thrown instanceof ContinuedAsNew)) throw thrown;
        input = thrown.input;
      }
    }
  }

  #ports(history: History, hoistedAtMs = 0): HostPorts {
    const { time } = this.#world;
    return {
      wakes: history,
      nowMs: () => time.nowMs,
      sleep: (ms) => time.pause(ms),
      historyLength: () => history.length,
      continueAsNew: (input) => Promise.reject(new ContinuedAsNew(input)),
      keepsWakes: () => true,
      joinSegment: () => this.#join(hoistedAtMs),
      runSegment: async (open) => {
        const result = await this.#segment(open);
        history.grow();
        return result;
      },
      runNode: (input) => runRemoteNode(this.#world, input),
    };
  }

  /** A segment, tried until one try comes back whose result is taken over. */
  async #segment(open: () => SegmentInput): Promise<SegmentResult> {
    const { time, faults, random, scheduler } = this.#world;
    this.#segments += 1;
    if (this.#segments > MAX_SEGMENTS) this.#world.wrong(`${this.header.runId} opens segments for ever`);
    let input = open();
    for (let tries = 1; ; tries++) {
      await scheduler.wait();
      const result = await this.#try(input, tries === 1);
      if (typeof result !== 'string' && !faults.happens('again')) return this.#accept(input, result);
      if (result === 'failed') await time.pause(Math.min(30_000, 250 * 2 ** Math.min(tries, 7)));
      // The local activity is tried again as it is; a new task begins later, and knows of more that is over.
      if (result !== 'failed' || !random.chance(0.7)) input = open();
    }
  }

  /** The first segment where it was opened beside the start; null where that is not known any more. */
  async #join(openedAtMs: number): Promise<SegmentResult | null> {
    const { faults, scheduler } = this.#world;
    for (let life = this.#hoister ?? this.#world.server().life; ; life = this.#world.server().life) {
      await scheduler.wait();
      const result = await this.#answered(life, (executor) => executor.joinFirst(this.header.runId));
      if (result === null) return null;
      if (result !== 'lost' && !faults.happens('again')) return this.#accept({ openedAtMs, state: null }, result);
    }
  }

  #accept({ openedAtMs, state }: Pick<SegmentInput, 'openedAtMs' | 'state'>, result: SegmentResult): SegmentResult {
    if (result.kind === 'capacity') throw new Error('nobody has a quota here');
    this.accepted.push({ openedAtMs, fromSeq: state?.seq ?? 0, kind: result.kind });
    // What comes out at the other end of Temporal.
    const told = JSON.parse(JSON.stringify(result)) as SegmentResult;
    if ('state' in told) this.#state = told.state;
    return told;
  }

  async #try(input: SegmentInput, isFirst: boolean): Promise<SegmentResult | 'failed' | 'lost'> {
    const world = this.#world;
    if (this.#server === undefined || world.random.chance(0.3)) this.#server = world.server();
    // What was opened beside the start may have stored something.
    const isFresh = this.#hoister === undefined && this.header.resumes === undefined;
    const options = isFirst && input.segment === 1 && isFresh ? { first: true } : {};
    const result = await this.#answered(this.#server.life, (executor) =>
      executor.runSegment(input, options).catch((thrown: unknown) => {
        if (!(thrown instanceof TransientError)) world.wrong(`a segment threw ${String(thrown)}`);
        return 'failed' as const;
      }),
    );
    if (result === 'lost') this.#server = undefined;
    return result;
  }

  /** What a process answers, unless it dies, or is believed to have. */
  async #answered<T>(life: Life, ask: (executor: Executor) => Promise<T>): Promise<T | 'lost'> {
    const { time, faults, random } = this.#world;
    const run = life.call(this.header, ask);
    const lost = life.died.then(() => time.pause(TASK_TIMEOUT_MS)).then(() => 'lost' as const);
    const believed = faults.happens('believedDead') ? [time.pause(random.int(TASK_TIMEOUT_MS)).then(() => 'lost' as const)] : [];
    const result = await Promise.race([run, lost, ...believed]);
    if (result === 'lost' && !life.isDead && random.chance(0.7)) life.freeze();
    return result;
  }
}

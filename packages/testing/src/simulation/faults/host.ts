import { TransientError } from '@millwright/core';
import type { DataRef, Item, PlanSkeleton, RunHeader, RunState, SegmentInput, SegmentResult } from '@millwright/workflow';
import { RemoteCalls } from './remote-calls.ts';
import type { Life } from './server.ts';
import type { World } from './world.ts';

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

/** Plays the Temporal workflow of one run: opens segment after segment, waits, and never looks at data. */
export class RunHost {
  readonly header: RunHeader;
  readonly accepted: Accepted[] = [];
  /** How its workflow closed; undefined while it is open. */
  status: string | undefined;
  readonly #world: World;
  readonly #skeleton: PlanSkeleton;
  readonly #trigger: DataRef;
  readonly #remote: RemoteCalls;
  readonly #listeners = new Set<Listener>();
  #wake = Promise.withResolvers<void>();
  #isDirty = false;
  #state: RunState | undefined;
  #server: ReturnType<World['server']> | undefined;

  constructor(world: World, parts: { readonly header: RunHeader; readonly skeleton: PlanSkeleton; readonly trigger: DataRef }) {
    this.#world = world;
    this.header = parts.header;
    this.#skeleton = parts.skeleton;
    this.#trigger = parts.trigger;
    this.#remote = new RemoteCalls(world, () => this.wake());
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
    this.#isDirty = true;
    this.#wake.resolve();
  }

  /** Until the run has ended. */
  async play(): Promise<void> {
    let state: RunState | null = null;
    for (let segment = 1; segment <= MAX_SEGMENTS; segment++) {
      this.#isDirty = false;
      this.#wake = Promise.withResolvers();
      const result = await this.#segment({ state, segment });
      if (result.kind === 'ended') {
        this.status = result.status;
        return;
      }
      if (result.kind === 'capacity') throw new Error('nobody has a quota here');
      state = JSON.parse(JSON.stringify(result.state)) as RunState;
      this.#state = state;
      this.#remote.start({ header: this.header, skeleton: this.#skeleton }, state, result.remote ?? []);
      await this.#pause(result.kind === 'more' ? this.#world.time.nowMs : result.untilMs, result.kind === 'more');
    }
    this.#world.wrong(`${this.header.runId} opens segments for ever`);
  }

  /** A segment, tried until one try comes back whose result is taken over. */
  async #segment(of: { readonly state: RunState | null; readonly segment: number }): Promise<SegmentResult> {
    const { time, faults, random, scheduler } = this.#world;
    let input = this.#input(of);
    for (let tries = 1; ; tries++) {
      await scheduler.wait();
      const result = await this.#try(input, tries === 1);
      const isTaken = typeof result !== 'string' && !faults.happens('again');
      if (isTaken) {
        this.accepted.push({ openedAtMs: input.openedAtMs, fromSeq: of.state?.seq ?? 0, kind: result.kind });
        return result;
      }
      if (result === 'failed') await time.pause(Math.min(30_000, 250 * 2 ** Math.min(tries, 7)));
      // The local activity is tried again as it is; a new task begins later, and knows of more that is over.
      if (result === 'failed' && random.chance(0.7)) continue;
      const over = [...(input.remoteOver ?? []), ...this.#remote.takeOver()];
      input = { ...input, openedAtMs: time.nowMs, ...(over.length === 0 ? {} : { remoteOver: over }) };
    }
  }

  async #try(input: SegmentInput, isFirst: boolean): Promise<SegmentResult | 'failed' | 'lost'> {
    const world = this.#world;
    const { time, faults, random } = world;
    if (this.#server === undefined || random.chance(0.3)) this.#server = world.server();
    const { life } = this.#server;
    const options = isFirst && input.segment === 1 && this.header.resumes === undefined ? { first: true } : {};
    const run = life
      .call(this.header, (executor) => executor.runSegment(input, options))
      .catch((thrown: unknown) => {
        if (!(thrown instanceof TransientError)) world.wrong(`a segment threw ${String(thrown)}`);
        return 'failed' as const;
      });
    const lost = life.died.then(() => time.pause(TASK_TIMEOUT_MS)).then(() => 'lost' as const);
    const believed = faults.happens('believedDead') ? [time.pause(random.int(TASK_TIMEOUT_MS)).then(() => 'lost' as const)] : [];
    const result = await Promise.race([run, lost, ...believed]);
    if (result === 'lost' && !life.isDead) {
      this.#server = undefined;
      if (random.chance(0.7)) life.freeze();
    }
    return result;
  }

  #input({ state, segment }: { readonly state: RunState | null; readonly segment: number }): SegmentInput {
    const over = this.#remote.takeOver();
    return {
      header: this.header,
      skeleton: this.#skeleton,
      trigger: this.#trigger,
      state,
      segment,
      openedAtMs: this.#world.time.nowMs,
      ...(over.length === 0 ? {} : { remoteOver: over }),
    };
  }

  async #pause(untilMs: number | null, isMore: boolean): Promise<void> {
    const { time } = this.#world;
    if (isMore || this.#isDirty) return time.pause(1);
    const woken = this.#wake.promise;
    if (untilMs === null) return woken;
    await Promise.race([woken, time.pause(Math.max(1, untilMs - time.nowMs))]);
  }
}

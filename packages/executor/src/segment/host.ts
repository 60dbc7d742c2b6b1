import { InvariantError } from '@millwright/core';
import { advance, countOf, type Command, type EngineEvent, type Settled } from '@millwright/engine/advance';
import type {
  Activation,
  DataRef,
  LedgerOpened,
  Outcome,
  PlanNode,
  Predecessor,
  ReplyMessage,
  RunLedger,
  RunState,
  SegmentInput,
  WaitsFor,
} from '@millwright/workflow';
import { compose } from '../items/compose.ts';
import type { ItemList } from '../items/item-list.ts';
import { ItemStore } from '../items/item-store.ts';
import { compute } from '../nodes/compute.ts';
import { Pacer } from '../nodes/pacer.ts';
import { prepare, type NodeContext } from '../nodes/prepared.ts';
import { isSimulated } from '../nodes/given.ts';
import { Skips } from '../nodes/skips.ts';
import { undoneIn } from '../nodes/undone.ts';
import { Work } from '../nodes/work.ts';
import type { ExecutorPorts } from '../ports.ts';
import { CONSOLE, consoleOf } from '../programs/console.ts';
import { Inheritance } from '../resume/inheritance.ts';
import type { UntakenOutcome } from './call.ts';
import { Records, type Skipped } from './records.ts';
import { lostCalls } from '../remote/remote.ts';
import { DEADLINE_INDEX, TIMER_INDEX } from '../waits/timer-index.ts';
import { runTimeout } from './waiting.ts';

/** Node runs after which lists that nothing needs are forgotten. */
const FORGET_EVERY = 200;
/** What items of a call wait for, not the call as a whole. */
const ITEMS_WAIT: ReadonlySet<WaitsFor['kind'] | undefined> = new Set(['outcome', 'child', 'credential'] as const);

/** The engine over real items: applies events, computes what is pure, and knows which calls are to be made. */
export class Host {
  readonly context: NodeContext;
  readonly works = new Map<string, Work>();
  readonly records: Records;
  readonly store: ItemStore;
  /** Outputs of the node run that succeeded last, for an answer at the end. */
  last: readonly ItemList[] = [];
  readonly #input: SegmentInput;
  readonly #nodes: ReadonlyMap<string, PlanNode>;
  readonly #opened: LedgerOpened;
  readonly #answer: (message: ReplyMessage) => void;
  readonly #pacer: Pacer;
  readonly #inheritance: Inheritance;
  /** Activations that were not run here, with the reason. */
  readonly #skipped = new Map<string, Skipped>();
  #queue: Activation[] = [];
  #state: RunState | null;
  #settledCount = 0;
  #latestMs: number;

  constructor(parts: {
    readonly input: SegmentInput;
    readonly ports: ExecutorPorts;
    readonly ledger: RunLedger;
    readonly opened: LedgerOpened;
    /** What the runs did that this one goes on with. */
    readonly predecessor: Predecessor;
    readonly signal: AbortSignal;
    readonly answer: (message: ReplyMessage) => void;
  }) {
    const { input, ports, ledger, opened, signal } = parts;
    const { header, skeleton } = input;
    const read = new Set(skeleton.nodes.flatMap((node) => node.refs));
    this.#input = input;
    this.#opened = opened;
    this.#answer = parts.answer;
    this.#nodes = new Map(skeleton.nodes.map((node) => [node.id, node]));
    this.#state = input.state;
    const { predecessor } = parts;
    const skips = new Skips(predecessor, header.resumes, undoneIn(skeleton, [...predecessor.outcomes, ...predecessor.open]));
    this.#pacer = new Pacer(ports.clock, ports.timers);
    this.store = new ItemStore(header, ports.blobs, (id) => read.has(id));
    const nowMs = (): number => Math.max(input.openedAtMs, ports.clock.nowMs());
    this.records = new Records({ header, ledger, store: this.store, nowMs });
    this.context = { header, skeleton, ports, store: this.store, signal, nowMs, state: () => this.state, node: (id) => this.#node(id) };
    this.#inheritance = new Inheritance({ input, skips, context: this.context, apply: (event) => this.apply(event) });
    this.#latestMs = this.#inheritance.beginsAtMs;
  }

  get state(): RunState {
    if (this.#state === null) throw new InvariantError({ code: 'segment_not_open', message: 'the segment has no state yet' });
    return this.#state;
  }

  /** An outcome as it is stored. */
  placed(outcome: UntakenOutcome): UntakenOutcome {
    return this.#inheritance.placed(outcome);
  }

  /** Pure work is waiting to be done. */
  get hasQueue(): boolean {
    return this.#queue.length > 0;
  }

  /** Begins the run, or goes on with it, and takes the stored outcomes in their order. */
  async open(): Promise<void> {
    const { state, trigger, header, openedAtMs } = this.#input;
    if (state === null) {
      const list = await this.store.load(trigger);
      const items = list.items.length > 0 ? list.items : [{ json: {} }];
      const ref = this.store.put(items, { nodeId: header.triggerNodeId, runIndex: 0, port: 'main', input: null });
      this.apply({
        type: 'started',
        nodeId: header.triggerNodeId,
        ref,
        timeMs: this.#inheritance.beginsAtMs,
        startedAtMs: header.startedAtMs,
      });
    } else {
      // What is handed on unchanged must be in memory when it is.
      await this.store.loadInputs(state);
      for (const one of state.active) if (ITEMS_WAIT.has(one.waitsFor?.kind)) await this.#openWork(one);
      this.apply({ type: 'opened', timeMs: openedAtMs });
    }
    const after = state?.seq ?? 0;
    await this.drain(() => false);
    for (const outcome of this.#opened.outcomes) {
      // Of a canceled run nothing is computed any more, so that its outcomes fit nothing.
      if (this.state.ended !== undefined || this.context.signal.aborted) return;
      if (outcome.seq <= after) continue;
      this.take(outcome);
      await this.drain(() => false);
    }
  }

  /** Does what can be computed again, in the order of the commands. */
  async drain(isOver: () => boolean): Promise<void> {
    while (this.#queue.length > 0 && this.state.ended === undefined && !isOver()) {
      const [activation] = this.#queue;
      if (activation === undefined) return;
      if (this.#isEffect(activation)) await this.#openWork(activation);
      else await this.#compute(activation);
      this.#queue = this.#queue.filter((one) => one !== activation);
    }
  }

  /**
   * Takes a numbered outcome.
   * @throws InvariantError when it belongs to nothing that runs
   */
  take(outcome: Outcome): void {
    this.#inheritance.goLive();
    this.#latestMs = Math.max(this.#latestMs, outcome.finishedAtMs);
    const { nodeId, runIndex, seq } = outcome;
    if (outcome.itemIndex === DEADLINE_INDEX) return this.apply({ type: 'timedOut', error: outcome.error ?? runTimeout(0), seq });
    if (this.#isOver(nodeId, runIndex)) return this.apply({ type: 'passed', seq });
    if (outcome.itemIndex === TIMER_INDEX) return this.apply({ type: 'timer', nodeId, runIndex, seq });
    const event = this.works.get(`${nodeId}:${runIndex}`)?.take(outcome);
    if (event === undefined)
      throw new InvariantError({
        code: 'replay_mismatch',
        message: `outcome ${seq} of ${nodeId}:${runIndex} item ${outcome.itemIndex} fits nothing that runs`,
      });
    this.apply(event);
  }

  /** It was canceled: in another order than in the try that took its outcome, or before that came. */
  #isOver(nodeId: string, runIndex: number): boolean {
    return runIndex < countOf(this.state, nodeId) && !this.state.active.some((one) => one.nodeId === nodeId && one.runIndex === runIndex);
  }

  /**
   * What the run gave, as a handle that stands by itself.
   * @throws TransientError when the blob store is away
   */
  async result(): Promise<DataRef> {
    const items = this.last.flatMap((list) => list.items.map(({ from: _from, ...item }) => item));
    const ref = this.store.put(items, { nodeId: '', runIndex: 0, port: 'result', input: null });
    return this.store.stored(ref);
  }

  /** Of a run that leaves as paused nothing is under way but what was handed out. */
  showPaused({ active }: RunState): void {
    for (const one of active)
      if (one.status === 'running' && one.remote === undefined) this.records.waiting({ ...one, waitsFor: { kind: 'pause' } }, undefined);
  }

  apply(event: EngineEvent): void {
    const { state, commands } = (this.context.ports.advance ?? advance)(this.#input.skeleton, this.#state, event);
    this.#state = state;
    for (const command of commands) this.#follow(command);
    if (this.#settledCount < FORGET_EVERY) return;
    this.#settledCount = 0;
    this.store.keepOnly(state);
  }

  #follow(command: Command): void {
    switch (command.type) {
      case 'run':
        this.records.running(command.activation, this.#isEffect(command.activation));
        this.#queue.push(command.activation);
        return;
      case 'wait':
        this.records.waiting(command.activation, command.error);
        return;
      case 'open':
        return this.records.open(command.activation, command.progress);
      case 'list':
        return compose(this.store, command.ref, command.parts);
      case 'settled':
        return this.#settle(command);
      case 'end':
        this.#queue = [];
        return;
    }
  }

  #settle(settled: Settled): void {
    const { nodeId, runIndex, inputs } = settled.activation;
    for (const [output, input] of Object.entries(settled.passes ?? {})) {
      const source = this.store.find(inputs[input]?.id ?? '');
      const ref = settled.outputs[output];
      if (source !== undefined && ref !== undefined) this.store.alias(ref, source, nodeId);
    }
    const skipped = this.#skipped.get(`${nodeId}:${runIndex}`);
    this.#skipped.delete(`${nodeId}:${runIndex}`);
    const lines = consoleOf(this.works.get(`${nodeId}:${runIndex}`)?.items ?? []);
    const written = lines.length === 0 ? undefined : this.store.put(lines, { nodeId, runIndex, port: CONSOLE, input: null });
    this.records.settled(settled, settled.status === 'succeeded' ? skipped : undefined, written);
    this.works.delete(`${nodeId}:${runIndex}`);
    if (settled.status === 'canceled') this.#queue = this.#queue.filter((one) => one.nodeId !== nodeId || one.runIndex !== runIndex);
    if (settled.status === 'succeeded') this.last = listsOf(this.store, settled.outputs);
    this.#settledCount += 1;
  }

  async #compute(activation: Activation): Promise<void> {
    const prepared = await prepare(this.context, activation);
    const timer = this.#inheritance.timer(activation);
    const times = { latestMs: this.#latestMs, firedAtMs: timer?.finishedAtMs };
    const { event, reply, isAlreadyDone, skipped } = await compute(this.context, prepared, { pacer: this.#pacer, ...times });
    // A canceled computation is cut short: its result says nothing.
    if (this.context.signal.aborted) return;
    if (reply !== undefined && event.type === 'completed' && this.state.replied !== true) this.#answer(reply);
    if (isAlreadyDone === true && timer !== undefined) return this.#skip(activation, event, timer);
    if (skipped !== undefined) this.#skipped.set(`${activation.nodeId}:${activation.runIndex}`, skipped);
    this.apply(event);
  }

  /** Takes over what an earlier run did; the run's time goes on from there. */
  #skip({ nodeId, runIndex }: Activation, event: EngineEvent, { finishedAtMs, timeMs }: Outcome): void {
    this.#latestMs = Math.max(this.#latestMs, finishedAtMs);
    if (timeMs !== undefined && timeMs > this.state.timeMs) this.apply({ type: 'time', timeMs });
    this.#skipped.set(`${nodeId}:${runIndex}`, { reason: 'alreadyDone' });
    this.apply(event);
  }

  async #openWork(activation: Activation): Promise<void> {
    const { nodeId, runIndex } = activation;
    const key = `${nodeId}:${runIndex}`;
    const known = this.works.get(key);
    if (known !== undefined) return known.again(activation);
    const isOwn = (row: { readonly nodeId: string; readonly runIndex: number }): boolean =>
      row.nodeId === nodeId && row.runIndex === runIndex;
    const after = this.#input.state?.seq ?? 0;
    const outcomes = this.#opened.outcomes.filter((one) => isOwn(one) && one.itemIndex !== TIMER_INDEX && one.seq > 0 && one.seq <= after);
    const lost = lostCalls(this.#input.remoteOver, this.#opened).flatMap((call) => (isOwn(call) ? call.itemIndex : []));
    const { prepared, earlier } = await this.#inheritance.open(activation);
    const work = new Work(this.context, prepared, { outcomes, open: this.#opened.open.filter(isOwn), earlier, lost });
    this.works.set(key, work);
    const { alreadyDone } = work;
    if (alreadyDone !== undefined) this.#skip(activation, alreadyDone.event, alreadyDone.last);
  }

  #isEffect({ nodeId }: Activation): boolean {
    const node = this.#node(nodeId);
    return isEffect(node) && !isSimulated(this.#input.skeleton, node);
  }

  #node(id: string): PlanNode {
    const node = this.#nodes.get(id);
    if (node === undefined) throw new InvariantError({ code: 'plan_without_node', message: `the plan has no node ${id}` });
    return node;
  }
}

/** Whether running a node does something outside that has to be recorded. */
function isEffect(node: PlanNode): boolean {
  return node.control === null && (node.effect === 'read' || node.effect === 'write' || node.effect === 'code' || node.effect === 'child');
}

function listsOf(store: ItemStore, outputs: Readonly<Record<string, DataRef>>): readonly ItemList[] {
  return Object.values(outputs).flatMap((ref) => store.find(ref.id) ?? []);
}

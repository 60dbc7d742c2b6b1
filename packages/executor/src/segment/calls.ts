import { TransientError } from '@millwright/core';
import type { Outcome, RunLedger } from '@millwright/workflow';
import type { ItemWork, Work } from '../nodes/work.ts';
import { Alarm } from './alarm.ts';
import { Call, type CallPorts, type UntakenOutcome } from './call.ts';
import { ChildCall } from '../waits/child-call.ts';
import { openCalls } from '../waits/child-run-id.ts';
import type { Host } from './host.ts';
import { isTakenBack } from './not-sent.ts';
import { isRemote, REMOTE_LOST } from '../remote/remote.ts';
import { TIMER_INDEX } from '../waits/timer-index.ts';
import { isKeyExpired } from '../waits/vendor-key.ts';

/** The calls of one segment: side by side, their outcomes taken one after the other. */
export class Calls {
  readonly alarm: Alarm;
  /** When a run was called last that is waited for, monotonic. */
  calledAtMs: number | undefined;
  readonly #host: Host;
  readonly #ledger: RunLedger;
  readonly #window: number;
  readonly #running = new Set<Promise<void>>();
  readonly #hasCalls: boolean;
  readonly #arrived: UntakenOutcome[] = [];
  #isClosed = false;
  #isHandingOut = false;
  #isLost = false;
  #broken: unknown;
  #recordedSeq: number;
  #storedSeq: number;

  constructor(host: Host, ledger: RunLedger, window: number) {
    this.#host = host;
    this.#ledger = ledger;
    this.#window = window;
    this.alarm = new Alarm(host.context.ports.timers);
    this.#hasCalls = host.context.skeleton.nodes.some((node) => node.effect === 'child');
    this.#recordedSeq = 0;
    this.#storedSeq = 0;
  }

  get inFlight(): number {
    return this.#running.size;
  }

  /** An answer has come and is not taken yet. */
  get hasArrived(): boolean {
    return this.#arrived.length > 0;
  }

  /** Calls were handed out that the host has to start. */
  get isHandingOut(): boolean {
    return this.#isHandingOut;
  }

  /** Every outcome recorded in this segment is stored. */
  get isStored(): boolean {
    return this.#storedSeq >= this.#recordedSeq;
  }

  /** Another process has the run: nothing is sent any more. */
  lose(): void {
    this.#isLost = true;
    this.alarm.ring();
  }

  /** Something of ours is away: the segment is tried again. */
  break(thrown: unknown): void {
    this.#broken ??= thrown;
    this.alarm.ring();
  }

  /** @throws TransientError when the segment cannot go on */
  throwIfBroken(): void {
    if (this.#isLost) throw new TransientError({ code: 'segment_lost', message: 'the run belongs to another process now' });
    if (this.#broken !== undefined) throw this.#broken;
  }

  /** Answers that came when nobody could take them, of remote calls among them; and what came of those without an answer. */
  offerLate(outcomes: readonly Outcome[], unanswered: readonly UntakenOutcome[]): void {
    const facts = outcomes.flatMap(({ seq, ...fact }) => (seq === 0 ? fact : []));
    for (const late of [...facts, ...unanswered]) {
      const work = this.#host.works.get(`${late.nodeId}:${late.runIndex}`);
      if (isTakenBack(late)) work?.passOver(late);
      else if (work?.awaits(late) === true) this.#arrived.push(late);
    }
  }

  /** Starts calls while there is room. */
  start(): void {
    for (const work of this.#host.works.values()) {
      for (let item = work.next(); item !== undefined; item = work.next()) {
        const isExpired = isKeyExpired(work.prepared.node, item.lostSinceMs, this.#host.context.nowMs());
        if (mustAsk(work, item, isExpired)) work.leaveOpen(item);
        else if (item.open === undefined && !isExpired && this.#isRemote(work)) work.handOut(item);
        else if (this.#running.size >= this.#window) return;
        else this.#run(work, item);
      }
    }
  }

  /** Lets activations wait of which nothing is left but questions; whether there were any. */
  ask(): boolean {
    let asked = false;
    for (const work of this.#host.works.values()) {
      const waitsFor = work.ask();
      if (waitsFor === undefined) continue;
      const { nodeId, runIndex } = work.prepared.activation;
      this.#host.apply({ type: 'waiting', nodeId, runIndex, waitsFor });
      asked = true;
    }
    return asked;
  }

  /** The next outcome that arrived. What came for an activation that was canceled meanwhile is stored as a fact, and so is what stayed here. */
  take(): UntakenOutcome | undefined {
    for (let next = this.#arrived.shift(); next !== undefined; next = this.#arrived.shift()) {
      if (this.#host.works.has(`${next.nodeId}:${next.runIndex}`) && !isTakenBack(next)) return next;
      this.#keep(next);
    }
    return undefined;
  }

  /**
   * Stores an outcome with its number and tells the engine. Where somebody else may be storing another answer to the same try right now, what
   * comes after it waits until it is stored: a number that was refused must leave no later one behind.
   */
  async recordInStep(outcome: UntakenOutcome & { readonly token?: string }): Promise<void> {
    this.record(outcome);
    if (isContested(outcome) && !(await this.#ledger.flush())) this.lose();
  }

  /** Stores an outcome with its number and tells the engine. */
  record({ token, ...outcome }: UntakenOutcome & { readonly token?: string }): void {
    const numbered = { ...this.#host.placed(outcome), seq: this.#host.state.seq + 1 };
    this.#ledger.record(numbered);
    if (token !== undefined) this.#ledger.decided(token, numbered.seq);
    this.#recordedSeq = numbered.seq;
    const callers = this.#hasCalls ? [...this.#host.works.values()].filter(isCaller) : [];
    this.#host.take(numbered);
    this.#stopLeft(callers.filter((work) => this.#isOver(work)));
  }

  /** Stops called runs of node runs that are over, once that is stored. Those of a run that has ended stop with it. */
  #stopLeft(left: readonly Work[]): void {
    const { context, state } = this.#host;
    const { children, log } = context.ports;
    const runIds = left.flatMap((work) => openCalls(context, work));
    if (runIds.length === 0 || children === undefined || state.ended !== undefined) return;
    const stopping = this.#ledger.flush().then(async (isOurs) => (isOurs ? children.stop(context.header, runIds) : undefined));
    stopping.catch((err: unknown) => log.warn({ err, runId: context.header.runId }, 'called runs could not be stopped'));
  }

  /**
   * Starts nothing new and lets what is in flight finish; its outcomes are stored as facts.
   * @param ms longest wait
   */
  async finish(ms: number): Promise<void> {
    this.#isClosed = true;
    if (this.#running.size > 0) {
      const grace = new Alarm(this.#host.context.ports.timers);
      void Promise.all(this.#running).then(() => grace.ring());
      await grace.wait(ms);
    }
    for (let late = this.take(); late !== undefined; late = this.take()) this.#keep(late);
  }

  /** Stores an answer that nobody takes any more, as a fact without a number. */
  #keep(late: UntakenOutcome): void {
    this.#ledger.record({ ...this.#host.placed(late), seq: 0 });
  }

  #isRemote({ prepared: { node } }: Work): boolean {
    const { ports, header } = this.#host.context;
    const isOut = isRemote(ports, header, node);
    this.#isHandingOut ||= isOut;
    return isOut;
  }

  #run(work: Work, item: ItemWork): void {
    work.begin(item);
    const { ports: executor, header } = this.#host.context;
    let over: (() => void) | undefined;
    const ports: CallPorts = {
      ledger: this.#ledger,
      closedBy: () => this.#closedBy(work),
      storing: () => {
        const seq = this.#recordedSeq;
        return () => {
          this.#storedSeq = Math.max(this.#storedSeq, seq);
        };
      },
      onLost: () => this.lose(),
      onSend: () => {
        over ??= executor.callTimes?.begin(header.planHash, work.prepared.node.id, header.runId);
      },
    };
    const call = new (isCaller(work) ? ChildCall : Call)(this.#host.context, ports, { work, item });
    const running = call.run().then(
      (outcome) => (outcome === null ? this.#called(work, item) : this.#arrive(outcome)),
      (thrown: unknown) => this.break(thrown),
    );
    this.#running.add(running);
    void running.then(() => over?.());
    void running.then(() => this.#running.delete(running)).then(() => this.alarm.ring());
  }

  #called(work: Work, item: ItemWork): void {
    this.calledAtMs = this.#host.context.ports.clock.monotonicMs();
    work.leaveOpen(item);
  }

  #arrive(outcome: UntakenOutcome): void {
    this.#arrived.push(outcome);
    // After a grace that was too short nobody takes it any more.
    if (this.#isClosed) for (let late = this.take(); late !== undefined; late = this.take()) this.#keep(late);
    this.alarm.ring();
  }

  #closedBy(work: Work): string | undefined {
    if (this.#isLost) return 'the run belongs to another process now';
    if (this.#isClosed || this.#host.state.ended !== undefined) return 'the run has ended';
    if (this.#isOver(work)) return 'its section has ended';
    return this.#broken === undefined ? undefined : 'the segment is tried again';
  }

  #isOver(work: Work): boolean {
    const { nodeId, runIndex } = work.prepared.activation;
    return this.#host.works.get(`${nodeId}:${runIndex}`) !== work;
  }
}

/** Whether it says of a try of another process how that went: what a person told, or that nothing came of a remote call. */
function isContested({ token, itemIndex, class: effect, error }: UntakenOutcome & { readonly token?: string }): boolean {
  return error?.code === REMOTE_LOST || (token !== undefined && itemIndex > TIMER_INDEX && effect !== 'child');
}

/** Whether a node run calls other runs. */
function isCaller({ prepared }: Work): boolean {
  return prepared.node.effect === 'child';
}

/** Whether only a person can say what became of an item. A called run is found again by its id. */
function mustAsk({ prepared: { node } }: Work, { open, resend }: ItemWork, isExpired: boolean): boolean {
  return open !== undefined && resend === undefined && node.effect !== 'child' && (node.onLostAnswer !== 'resend' || isExpired);
}

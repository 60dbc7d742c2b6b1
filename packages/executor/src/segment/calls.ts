import { TransientError } from '@millwright/core';
import type { Outcome, RunLedger } from '@millwright/workflow';
import type { ItemWork, Work } from '../nodes/work.ts';
import { Alarm } from './alarm.ts';
import { Call, type UntakenOutcome } from './call.ts';
import type { Host } from './host.ts';

/** The calls of one segment: side by side, their outcomes taken one after the other. */
export class Calls {
  readonly alarm = new Alarm();
  readonly #host: Host;
  readonly #ledger: RunLedger;
  readonly #window: number;
  readonly #running = new Set<Promise<void>>();
  readonly #arrived: UntakenOutcome[] = [];
  #isClosed = false;
  #isLost = false;
  #broken: unknown;
  #recordedSeq: number;
  #storedSeq: number;

  constructor(host: Host, ledger: RunLedger, window: number) {
    this.#host = host;
    this.#ledger = ledger;
    this.#window = window;
    this.#recordedSeq = 0;
    this.#storedSeq = 0;
  }

  get inFlight(): number {
    return this.#running.size;
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

  /** Answers that came when nobody could take them. */
  offerLate(outcomes: readonly Outcome[]): void {
    for (const { seq, ...late } of outcomes) {
      const work = seq === 0 ? this.#host.works.get(`${late.nodeId}:${late.runIndex}`) : undefined;
      const item = work?.find(late.itemIndex);
      if (work === undefined || item?.status !== 'pending' || late.attempt < item.tries) continue;
      work.begin(item);
      this.#arrived.push(late);
    }
  }

  /** Starts calls while there is room. */
  start(): void {
    for (const work of this.#host.works.values()) {
      for (let item = work.next(); item !== undefined; item = work.next()) {
        if (item.open !== undefined && work.prepared.node.onLostAnswer !== 'resend') work.leaveOpen(item);
        else if (this.#running.size >= this.#window) return;
        else this.#run(work, item);
      }
    }
  }

  /** Lets activations wait of which nothing is left but questions; whether there were any. */
  ask(): boolean {
    const asking = [...this.#host.works.values()].filter((work) => work.mustAsk);
    for (const work of asking) {
      const { nodeId, runIndex } = work.prepared.activation;
      work.isAsking = true;
      this.#host.apply({ type: 'waiting', nodeId, runIndex, waitsFor: { kind: 'outcome' } });
    }
    return asking.length > 0;
  }

  /** The next outcome that arrived. */
  take(): UntakenOutcome | undefined {
    return this.#arrived.shift();
  }

  /** Stores an outcome with its number and tells the engine. */
  record(outcome: UntakenOutcome): void {
    const numbered = { ...outcome, seq: this.#host.state.seq + 1 };
    this.#ledger.record(numbered);
    this.#recordedSeq = numbered.seq;
    this.#host.take(numbered);
  }

  /**
   * Starts nothing new and lets what is in flight finish; its outcomes are stored as facts.
   * @param ms longest wait
   */
  async finish(ms: number): Promise<void> {
    this.#isClosed = true;
    if (this.#running.size > 0) {
      const grace = new Alarm();
      void Promise.all(this.#running).then(() => grace.ring());
      await grace.wait(ms);
    }
    for (let late = this.take(); late !== undefined; late = this.take()) this.#ledger.record({ ...late, seq: 0 });
  }

  #run(work: Work, item: ItemWork): void {
    work.begin(item);
    const call = new Call(
      this.#host.context,
      {
        ledger: this.#ledger,
        closedBy: () => this.#closedBy(),
        storing: () => {
          const seq = this.#recordedSeq;
          return () => {
            this.#storedSeq = Math.max(this.#storedSeq, seq);
          };
        },
        onLost: () => this.lose(),
      },
      { work, item },
    );
    const running = call.run().then(
      (outcome) => this.#arrive(outcome),
      (thrown: unknown) => this.break(thrown),
    );
    this.#running.add(running);
    void running.then(() => this.#running.delete(running)).then(() => this.alarm.ring());
  }

  #arrive(outcome: UntakenOutcome): void {
    this.#arrived.push(outcome);
    // After a grace that was too short nobody takes it any more.
    if (this.#isClosed) for (let late = this.take(); late !== undefined; late = this.take()) this.#ledger.record({ ...late, seq: 0 });
    this.alarm.ring();
  }

  #closedBy(): string | undefined {
    if (this.#isLost) return 'the run belongs to another process now';
    if (this.#isClosed || this.#host.state.ended !== undefined) return 'the run has ended';
    return this.#broken === undefined ? undefined : 'the segment is tried again';
  }
}

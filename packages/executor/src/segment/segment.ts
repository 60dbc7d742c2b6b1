import { InvariantError, messageOf, TransientError } from '@millwright/core';
import type {
  Activation,
  LedgerOpened,
  ReplyMessage,
  RunEnd,
  RunLedger,
  RunState,
  SegmentInput,
  SegmentResult,
  WaitsFor,
} from '@millwright/workflow';
import { DEFAULT_LIMITS, type ExecutorPorts, type SegmentLimits } from '../ports.ts';
import { Calls } from './calls.ts';
import { Host, TIMER_INDEX } from './host.ts';
import type { UntakenOutcome } from './call.ts';
import { replyAtEnd } from './replies.ts';

const NOTHING_STORED: LedgerOpened = { isOurs: true, ended: null, outcomes: [], open: [], cancelRequested: false, losses: 0 };

/** After so many deaths a run goes on in a process of its own, so that what kills it is known and hurts nobody else. */
const SUSPECT_LOSSES = 2;
/** After so many it has failed. */
const POISON_LOSSES = 3;

/** One opening of one segment of one run. */
export class Segment {
  readonly #input: SegmentInput;
  readonly #ports: ExecutorPorts;
  readonly #limits: SegmentLimits;
  readonly #ledger: RunLedger;
  readonly #openedAt: number;
  readonly #cancel = new AbortController();
  #calls: Calls | undefined;
  #isReplying = false;
  #replying: Promise<void> = Promise.resolve();

  constructor(ports: ExecutorPorts, input: SegmentInput) {
    this.#input = input;
    this.#ports = ports;
    this.#limits = { ...DEFAULT_LIMITS, ...ports.limits };
    this.#ledger = ports.ledgerFor(input.header);
    this.#openedAt = ports.clock.monotonicMs();
  }

  /**
   * Runs until the run has ended, must wait, or ten seconds are over.
   * @param isFirst nothing of this run can be stored yet: the ledger is not read
   * @throws TransientError when it has to be tried again
   */
  async run(isFirst: boolean): Promise<SegmentResult> {
    const { runId } = this.#input.header;
    const opened = isFirst ? NOTHING_STORED : await this.#open();
    if ('kind' in opened) return opened;
    if (opened.ended !== null) {
      this.#ledger.abandon();
      return { kind: 'ended', status: opened.ended.status };
    }
    if (!opened.isOurs) {
      this.#ledger.abandon();
      throw lost();
    }
    const stop = this.#ports.cancels.onCancel(runId, () => this.#requestCancel());
    if (opened.cancelRequested || this.#ports.cancels.requested(runId)) this.#requestCancel();
    try {
      return await this.#goOn(opened).catch((thrown: unknown) => this.#fail(thrown));
    } catch (thrown) {
      await this.#ledger.flush().catch(() => false);
      this.#ledger.abandon();
      throw thrown;
    } finally {
      stop();
    }
  }

  /** What is ours and away is tried again; a fault of ours ends the run. */
  async #fail(thrown: unknown): Promise<SegmentResult> {
    // Another try in this process must find nothing in flight.
    await this.#calls?.finish(Infinity);
    if (thrown instanceof TransientError) throw thrown;
    return this.#broken(thrown);
  }

  /** What the ledger knows, or how the run ended because that cannot be read. */
  async #open(): Promise<LedgerOpened | SegmentResult> {
    try {
      return await this.#ledger.open(firstNeeded(this.#input.state)).catch((thrown: unknown) => this.#fail(thrown));
    } catch (thrown) {
      this.#ledger.abandon();
      throw thrown;
    }
  }

  /** Goes on here; after several deaths alone in a process that may die, and not for ever. */
  async #goOn(opened: LedgerOpened): Promise<SegmentResult> {
    const { alone } = this.#ports;
    if (opened.losses >= POISON_LOSSES) return this.#decide({ ...workerLost(opened.losses), finishedAtMs: this.#nowMs() }, []);
    if (opened.losses < SUSPECT_LOSSES || alone === undefined) return this.#runOpened(opened);
    // Let go first: it must not be in the lists of two processes.
    const endedBefore = await this.#close({ running: true });
    return endedBefore === null ? alone(this.#input) : { kind: 'ended', status: endedBefore };
  }

  async #runOpened(opened: LedgerOpened): Promise<SegmentResult> {
    const host = new Host({
      input: this.#input,
      ports: this.#ports,
      ledger: this.#ledger,
      opened,
      signal: this.#cancel.signal,
      answer: (message) => this.#answer(message),
    });
    const calls = new Calls(host, this.#ledger, this.#limits.window);
    this.#calls = calls;
    await host.open();
    calls.offerLate(opened.outcomes);
    await this.#live(host, calls);
    if (host.state.ended === undefined) return this.#pause(host);
    await calls.finish(this.#limits.graceMs);
    return this.#end(host, { ...host.state.ended, finishedAtMs: this.#nowMs() });
  }

  /** Takes outcomes one by one until nothing is left to do here. */
  async #live(host: Host, calls: Calls): Promise<void> {
    while (host.state.ended === undefined) {
      calls.throwIfBroken();
      if (this.#cancel.signal.aborted) host.apply({ type: 'canceled', reason: 'user' });
      else if (this.#nowMs() >= this.#deadlineMs())
        host.apply({ type: 'timedOut', error: runTimeout(this.#input.skeleton.timeoutMs ?? 0) });
      else {
        await host.drain(() => this.#isTimeUp() || this.#cancel.signal.aborted);
        const outcome = calls.take() ?? this.#dueTimer(host.state);
        if (host.state.ended !== undefined || this.#cancel.signal.aborted) continue;
        if (outcome !== undefined) calls.record(outcome);
        else if (!(await this.#startOrWait(host, calls))) return;
      }
    }
  }

  /** Starts what may start and waits for the next thing to happen; false when nothing will. */
  async #startOrWait(host: Host, calls: Calls): Promise<boolean> {
    if (!this.#isTimeUp()) {
      calls.start();
      if (calls.ask()) return true;
    }
    const untilMs = Math.min(nextTimer(host.state), this.#deadlineMs()) - this.#nowMs();
    const isBusy = calls.inFlight > 0;
    const leftMs = this.#openedAt + this.#limits.segmentMs - this.#ports.clock.monotonicMs();
    if (!isBusy && (this.#isTimeUp() || host.hasQueue || untilMs > this.#limits.shortWaitMs || untilMs > leftMs)) return false;
    // After the ten seconds no timer fires any more; only what is in flight, or the end of the run's time, counts.
    await calls.alarm.wait(this.#isTimeUp() ? this.#deadlineMs() - this.#nowMs() : Math.min(untilMs, isBusy ? Infinity : leftMs));
    return true;
  }

  #dueTimer(state: RunState): UntakenOutcome | undefined {
    const nowMs = this.#nowMs();
    const due = this.#isTimeUp() ? undefined : state.active.find((one) => timerOf(one) <= nowMs);
    if (due === undefined) return undefined;
    const { nodeId, runIndex, attempt } = due;
    return { nodeId, runIndex, itemIndex: TIMER_INDEX, attempt, class: 'wait', status: 'done', startedAtMs: due.atMs, finishedAtMs: nowMs };
  }

  /** Comes back with the state; everything is stored. */
  async #pause(host: Host): Promise<SegmentResult> {
    const state = await host.store.exported(host.state);
    const isWaiting = state.active.every((one) => one.status === 'waiting');
    await host.records.stored();
    await this.#close(isWaiting ? { waiting: { waitsFor: firstWait(state) } } : { running: true });
    if (!isWaiting) return { kind: 'more', state };
    const untilMs = Math.min(nextTimer(state), this.#deadlineMs());
    return { kind: 'waiting', state, untilMs: Number.isFinite(untilMs) ? untilMs : null };
  }

  async #end(host: Host, ended: RunEnd): Promise<SegmentResult> {
    await host.records.stored();
    return this.#decide(ended, host.last);
  }

  /** Decides how the run ended, and answers the caller if that is due. */
  async #decide(ended: RunEnd, last: Host['last']): Promise<SegmentResult> {
    const { header, state } = this.#input;
    const isReplied = this.#isReplying || state?.replied === true;
    const reply = replyAtEnd(header, { ended, isReplied }, last);
    if (reply !== null) this.#ledger.reply(reply);
    const endedBefore = await this.#close({ ended });
    const told = endedBefore === null ? reply : this.#toldInstead({ status: endedBefore, finishedAtMs: ended.finishedAtMs });
    if (told !== null) this.#ports.replies.deliver(header.runId, told);
    return { kind: 'ended', status: endedBefore ?? ended.status };
  }

  /** What a caller who still waits gets when the run had ended before: how it succeeded only the stored answer says. */
  #toldInstead(ended: RunEnd): ReplyMessage | null {
    const { header, state } = this.#input;
    return ended.status === 'succeeded' ? null : replyAtEnd(header, { ended, isReplied: state?.replied === true }, []);
  }

  /** The last flush; the status in which somebody else ended the run before, or null. */
  async #close(end: Parameters<RunLedger['close']>[0]): Promise<RunEnd['status'] | null> {
    await this.#replying;
    const how = await this.#ledger.close(end);
    if (how === 'stored') return null;
    if (how === 'succeeded' || how === 'failed' || how === 'canceled') return how;
    throw lost();
  }

  /** Ends the run with the fault; otherwise it would be tried for ever. */
  async #broken(thrown: unknown): Promise<SegmentResult> {
    const { header } = this.#input;
    const code = thrown instanceof InvariantError ? thrown.code : 'engine_broken';
    this.#ports.log.error({ runId: header.runId, workspaceId: header.workspaceId, code, err: thrown }, 'a segment broke');
    const error = {
      code,
      message: `The run could not go on: ${messageOf(thrown)}`,
      hint: 'This is a fault in Millwright. Report it with the id of the run.',
    };
    return this.#decide({ status: 'failed', reason: 'error', error, finishedAtMs: this.#nowMs() }, []);
  }

  /** Answers the caller as soon as everything that the answer depends on is stored. */
  #answer(message: ReplyMessage): void {
    const { header } = this.#input;
    if (header.reply !== 'respond') return;
    this.#isReplying = true;
    this.#ledger.reply(message);
    const deliver = (): void => this.#ports.replies.deliver(header.runId, message);
    if (this.#calls === undefined || this.#calls.isStored) return deliver();
    this.#replying = this.#ledger.flush().then((isOurs) => {
      if (isOurs) deliver();
      else this.#calls?.lose();
    });
    this.#replying.catch((thrown: unknown) => this.#calls?.break(thrown));
  }

  #requestCancel(): void {
    this.#cancel.abort();
    this.#calls?.alarm.ring();
  }

  #isTimeUp(): boolean {
    return this.#ports.clock.monotonicMs() - this.#openedAt >= this.#limits.segmentMs;
  }

  /** Never before the time at which Temporal opened the segment. */
  #nowMs(): number {
    return Math.max(this.#input.openedAtMs, this.#ports.clock.nowMs());
  }

  #deadlineMs(): number {
    const { timeoutMs } = this.#input.skeleton;
    return timeoutMs === null ? Infinity : this.#input.header.startedAtMs + timeoutMs;
  }
}

/** Where the ledger is read from: activations that are not over need their earlier outcomes too. */
function firstNeeded(state: RunState | null): number {
  return state === null ? 0 : Math.min(state.seq, ...state.active.map((one) => one.since ?? state.seq));
}

function timerOf({ status, waitsFor }: Activation): number {
  return status === 'waiting' && (waitsFor?.kind === 'timer' || waitsFor?.kind === 'retry') ? (waitsFor.untilMs ?? Infinity) : Infinity;
}

function nextTimer(state: RunState): number {
  return Math.min(Infinity, ...state.active.map(timerOf));
}

/** What the run as a whole waits for: what goes on first by itself, else the first. */
function firstWait(state: RunState): WaitsFor | null {
  const waits = state.active.flatMap((one) => one.waitsFor ?? []);
  return waits.toSorted((a, b) => (a.untilMs ?? Infinity) - (b.untilMs ?? Infinity))[0] ?? null;
}

function runTimeout(timeoutMs: number) {
  return {
    code: 'run_timeout',
    message: `The run took longer than ${timeoutMs / 1000} s.`,
    hint: 'Give the workflow more time in its settings, or make it shorter.',
    reason: 'timeout',
  } as const;
}

/** The run takes its processes down with it. */
function workerLost(losses: number): Omit<RunEnd, 'finishedAtMs'> {
  const error = {
    code: 'worker_lost',
    message: `${losses} processes died while they worked on this run.`,
    hint: 'A step of it may need more memory than there is, or crash the process. Make its lists smaller, or look at the step that ran last.',
    reason: 'error',
  } as const;
  return { status: 'failed', reason: 'error', error };
}

function lost(): TransientError {
  return new TransientError({ code: 'segment_lost', message: 'the run belongs to another process now' });
}

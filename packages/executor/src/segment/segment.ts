import { InvariantError, TransientError } from '@millwright/core';
import type { LedgerOpened, ReplyMessage, RunEnd, RunLedger, RunState, SegmentInput, SegmentResult } from '@millwright/workflow';
import { DEFAULT_LIMITS, type ExecutorPorts, type SegmentLimits } from '../ports.ts';
import { Calls } from './calls.ts';
import { Decisions } from '../waits/decisions.ts';
import { Host } from './host.ts';
import { POISON_LOSSES, SUSPECT_LOSSES } from '../remote/losses.ts';
import { openedBefore } from './opened-before.ts';
import { isIdle, withoutAnswer, withRemote } from '../remote/remote.ts';
import { replyAtEnd, toldInstead } from './replies.ts';
import { DEADLINE_INDEX } from '../waits/timer-index.ts';
import {
  assertKept,
  brokenBy,
  dueTimer,
  firstNeeded,
  firstWait,
  isAllWaiting,
  lost,
  nextTimer,
  NO_PREDECESSOR,
  NOTHING_STORED,
  runTimeout,
  workerLost,
} from './waiting.ts';

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
  #isPaused = false;
  /** Something was decided since decisions were read. */
  #hasNews = false;
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
    assertKept(this.#input.skeleton);
    const opened = isFirst && this.#input.header.resumes === undefined ? NOTHING_STORED : await this.#open();
    if ('kind' in opened) return opened;
    if (opened.ended !== null) {
      this.#ledger.abandon();
      return { kind: 'ended', status: opened.ended.status };
    }
    if (!opened.isOurs) {
      this.#ledger.abandon();
      if (opened.isSuspect === true && this.#ports.alone !== undefined) return this.#ports.alone(this.#input);
      throw lost();
    }
    const stops = [this.#ports.cancels.onCancel(runId, () => this.#requestCancel())];
    if (this.#ports.pauses !== undefined) stops.push(this.#ports.pauses.onPause(runId, () => this.#requestPause()));
    if (this.#ports.news !== undefined) stops.push(this.#ports.news.onNews(runId, () => this.#hear()));
    this.#isPaused = opened.pauseRequested === true;
    if (opened.cancelRequested || this.#ports.cancels.requested(runId)) this.#requestCancel();
    try {
      return await this.#goOn(opened).catch((thrown: unknown) => this.#fail(thrown));
    } catch (thrown) {
      await this.#ledger.flush().catch(() => false);
      this.#ledger.abandon();
      throw thrown;
    } finally {
      for (const stop of stops) stop();
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
    const predecessor = this.#input.header.resumes === undefined ? NO_PREDECESSOR : await this.#ledger.predecessor();
    const host = new Host({
      input: { ...this.#input, openedAtMs: openedBefore(this.#input, opened, predecessor) },
      ports: this.#ports,
      ledger: this.#ledger,
      opened,
      predecessor,
      signal: this.#cancel.signal,
      answer: (message) => this.#answer(message),
    });
    const calls = new Calls(host, this.#ledger, this.#limits.window);
    this.#calls = calls;
    await host.open();
    calls.offerLate(opened.outcomes, withoutAnswer(host, opened, this.#input));
    const decisions = new Decisions(host, opened.decisions ?? []);
    await this.#live(host, calls, decisions);
    if (host.state.ended === undefined) {
      if (!this.#isPaused && isAllWaiting(host.state)) for (const token of decisions.stale()) this.#ledger.decided(token, 0);
      return this.#leave(host);
    }
    await calls.finish(this.#limits.graceMs);
    return this.#end(host, { ...host.state.ended, finishedAtMs: this.#nowMs() });
  }

  /** Takes outcomes one by one until nothing is left to do here. */
  async #live(host: Host, calls: Calls, decisions: Decisions): Promise<void> {
    while (host.state.ended === undefined) {
      calls.throwIfBroken();
      if (this.#cancel.signal.aborted) host.apply({ type: 'canceled', reason: 'user' });
      else if (this.#nowMs() >= this.#deadlineMs(host.state)) this.#timeOut(host, calls);
      else {
        await host.drain(() => this.#isTimeUp() || this.#isPaused || this.#cancel.signal.aborted);
        if (host.state.ended !== undefined || this.#cancel.signal.aborted) continue;
        if (this.#hasNews) await this.#read(decisions);
        const outcome =
          calls.take() ??
          (await decisions.take()) ??
          (this.#isTimeUp() || this.#isPaused ? undefined : dueTimer(host.state, this.#nowMs()));
        if (outcome !== undefined) await calls.recordInStep(outcome);
        else if (!(await this.#startOrWait(host, calls))) return;
      }
    }
  }

  async #read(decisions: Decisions): Promise<void> {
    this.#hasNews = false;
    decisions.renew(await this.#ledger.decisions());
  }

  /** With something to undo the run goes on for a while: then a second try must know. */
  #timeOut(host: Host, calls: Calls): void {
    const error = runTimeout(this.#input.skeleton.timeoutMs ?? 0);
    if (host.state.remembered === undefined) return host.apply({ type: 'timedOut', error });
    const atMs = this.#nowMs();
    const place = { nodeId: this.#input.header.triggerNodeId, runIndex: 0, itemIndex: DEADLINE_INDEX, attempt: 1 };
    calls.record({ ...place, class: 'wait', status: 'failed', error, startedAtMs: atMs, finishedAtMs: atMs });
  }

  /** Starts what may start and waits for the next thing to happen; false when nothing will. */
  async #startOrWait(host: Host, calls: Calls): Promise<boolean> {
    if (!this.#isTimeUp() && !this.#isPaused) {
      calls.start();
      if (calls.ask()) return true;
    }
    // It came while decisions were looked at: a segment that left now would take it for lost.
    if (calls.hasArrived) return true;
    const isBusy = calls.inFlight > 0;
    if ((this.#isPaused || calls.isHandingOut) && !isBusy) return false;
    const untilMs = Math.min(nextTimer(host.state), this.#deadlineMs(host.state)) - this.#nowMs();
    const leftMs = this.#openedAt + this.#limits.segmentMs - this.#ports.clock.monotonicMs();
    const stayMs = this.#stayMs(calls);
    const isShort = stayMs > 0 || untilMs <= this.#limits.shortWaitMs;
    if (!isBusy && (this.#isTimeUp() || host.hasQueue || !isShort || Math.min(untilMs, stayMs > 0 ? stayMs : Infinity) > leftMs))
      return false;
    // After the ten seconds no timer fires any more; only what is in flight, or the end of the run's time, counts.
    await calls.alarm.wait(
      this.#isTimeUp() || this.#isPaused
        ? this.#deadlineMs(host.state) - this.#nowMs()
        : Math.min(untilMs, isBusy ? Infinity : leftMs, stayMs > 0 ? stayMs : Infinity),
    );
    return true;
  }

  /** How long a run that was called a moment ago is waited for here: most end soon, and then no other segment is needed. */
  #stayMs({ calledAtMs }: Calls): number {
    if (this.#ports.news === undefined || calledAtMs === undefined) return 0;
    return calledAtMs + this.#limits.shortWaitMs - this.#ports.clock.monotonicMs();
  }

  /** Comes back with the state; everything is stored. */
  async #leave(host: Host): Promise<SegmentResult> {
    const { state, out } = withRemote(await host.store.exported(host.state), host.works);
    const isPaused = this.#isPaused;
    const isWaiting = isPaused || isAllWaiting(state);
    if (isPaused) host.showPaused(state);
    await host.records.stored();
    await this.#close(isWaiting ? { waiting: { waitsFor: isPaused ? { kind: 'pause' } : firstWait(state) } } : { running: true });
    if (!isWaiting && !isIdle(state, host.works)) return { kind: 'more', state, ...out };
    const untilMs = Math.min(isPaused ? Infinity : nextTimer(state), this.#deadlineMs(state));
    return { kind: 'waiting', state, untilMs: Number.isFinite(untilMs) ? untilMs : null, ...out };
  }

  async #end(host: Host, ended: RunEnd): Promise<SegmentResult> {
    await host.records.stored();
    const waits = this.#input.header.parent?.waits === true && ended.status === 'succeeded';
    return this.#decide(waits ? { ...ended, result: await host.result() } : ended, host.last);
  }

  /** Decides how the run ended, and answers the caller if that is due. */
  async #decide(ended: RunEnd, last: Host['last']): Promise<SegmentResult> {
    const { header, state } = this.#input;
    const isReplied = this.#isReplying || state?.replied === true;
    const reply = replyAtEnd(header, { ended, isReplied }, last);
    if (reply !== null) this.#ledger.reply(reply);
    const endedBefore = await this.#close({ ended });
    const { finishedAtMs } = ended;
    const told = endedBefore === null ? reply : toldInstead(header, { status: endedBefore, finishedAtMs }, state?.replied === true);
    if (told !== null) this.#ports.replies.deliver(header.runId, told);
    return { kind: 'ended', status: endedBefore ?? ended.status };
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
    return this.#decide({ ...brokenBy(thrown, code), finishedAtMs: this.#nowMs() }, []);
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

  #hear(): void {
    this.#hasNews = true;
    this.#calls?.alarm.ring();
  }

  #requestPause(): void {
    this.#isPaused = true;
    this.#calls?.alarm.ring();
  }

  #isTimeUp(): boolean {
    return this.#ports.clock.monotonicMs() - this.#openedAt >= this.#limits.segmentMs;
  }

  /** Never before the time at which Temporal opened the segment. */
  #nowMs(): number {
    return Math.max(this.#input.openedAtMs, this.#ports.clock.nowMs());
  }

  /** When the run's time is over; what is undone after a failure may take longer. */
  #deadlineMs({ failing }: RunState): number {
    const { timeoutMs } = this.#input.skeleton;
    return timeoutMs === null || failing !== undefined ? Infinity : this.#input.header.startedAtMs + timeoutMs;
  }
}

import type { EngineEvent } from '@millwright/engine/advance';
import { retryAt } from '@millwright/engine/advance';
import type { Activation, OpenAttempt, Outcome, PlanNode, RemoteItem, RunError, WaitsFor } from '@millwright/workflow';
import { Collected } from './collected.ts';
import { portsIn } from '../programs/console.ts';
import { decisionIndex, isDecision, itemOfDecision, sendAgainOf, tryOf, type SendAgain } from '../waits/decision-index.ts';
import { itemAt, overEvent, type NodeContext, type Prepared } from './prepared.ts';
import { builtNow, type Earlier, type EarlierItem } from './skips.ts';

/** One item of an activation that reads or writes. */
export interface ItemWork {
  readonly itemIndex: number;
  /** `asked`: its answer was lost and a person must say what happened, or the run that it called has not ended. */
  status: 'pending' | 'running' | 'settled' | 'asked' | 'remote';
  /** Stored tries so far. */
  tries: number;
  /** How it went, in the current try of the activation, or earlier when it is done. */
  outcome?: Outcome;
  /** Sent by an earlier try, answer not known. */
  open?: OpenAttempt;
  /** `remote`: the try that was handed out. */
  handedOut?: number;
  /** How often the vendor's key has changed. */
  sendNo: number;
  /** A person wants `open` sent again, whatever became of it. */
  resend?: SendAgain;
  /** The run that it called and waits for. */
  child?: string;
  /** An earlier run did it. */
  readonly isSkipped?: true;
}

/** What the ledger knows of one activation when a segment opens. */
export interface Stored {
  readonly outcomes: readonly Outcome[];
  readonly open: readonly OpenAttempt[];
  /** Items that were handed out and of which nothing will come. Absent: none. */
  readonly lost?: readonly number[];
  /** What the runs did in it that this one goes on with. */
  readonly earlier?: Earlier | undefined;
}

/** An activation whose items are read or written one by one; what it tells the engine follows from outcomes alone. */
export class Work {
  readonly items: readonly ItemWork[];
  /** What the engine knows that it waits for: a person (`''`), or a called run. Undefined: nothing. */
  #asksFor: string | undefined;
  readonly #context: NodeContext;
  #prepared: Prepared;
  #running = 0;
  #asked = 0;
  /** Items without an outcome in this try. */
  #left: number;
  /** Items before it are not pending. */
  #cursor = 0;

  constructor(context: NodeContext, prepared: Prepared, stored: Stored) {
    this.#context = context;
    this.#prepared = prepared;
    const { status, waitsFor } = prepared.activation;
    if (status === 'waiting') this.#asksFor = waitsFor?.who ?? '';
    const count = prepared.isWhole ? 1 : prepared.list.items.length;
    this.items = Array.from({ length: count }, (_, index) => restored(prepared.isWhole ? -1 : index, prepared, stored));
    this.#left = this.items.filter((one) => one.outcome === undefined).length;
    this.#running = this.remote.length;
  }

  /** Items that run as activities of their own, with the try that was handed out. */
  get remote(): readonly RemoteItem[] {
    return this.items.flatMap(({ itemIndex, handedOut, sendNo }) =>
      handedOut === undefined ? [] : [{ itemIndex, attempt: handedOut, ...(sendNo === 0 ? {} : { sendNo }) }],
    );
  }

  /** Nothing can be done here before something comes back. */
  get isOut(): boolean {
    return this.items.some((one) => one.status === 'remote') && this.next() === undefined;
  }

  get prepared(): Prepared {
    return this.#prepared;
  }

  get window(): number {
    return Math.max(1, this.#prepared.config.window ?? 1);
  }

  /** Where earlier runs did all of it: what that means for the activation, at once and without a number. */
  get alreadyDone(): { readonly event: EngineEvent; readonly last: Outcome } | undefined {
    const outcomes = this.items.flatMap((one) => (one.isSkipped === true ? (one.outcome ?? []) : []));
    const last = outcomes.reduce<Outcome | undefined>((a, b) => (a === undefined || b.finishedAtMs > a.finishedAtMs ? b : a), undefined);
    if (last === undefined || outcomes.length < this.items.length) return undefined;
    return { event: this.#over(last, {}), last };
  }

  /** The next item to start; undefined when there is none, or no room. */
  next(): ItemWork | undefined {
    const { effect } = this.#prepared.node;
    if (this.#running + (effect === 'child' ? this.#asked : 0) >= this.window) return undefined;
    while (this.#cursor < this.items.length && this.items[this.#cursor]?.status !== 'pending') this.#cursor += 1;
    return this.items[this.#cursor];
  }

  /** An item is under way, or its answer is. */
  begin(item: ItemWork): void {
    item.status = 'running';
    this.#running += 1;
  }

  /** Whether an outcome that nobody took is of an item that waits for it; then it counts as under way. */
  awaits({ itemIndex, attempt }: Pick<Outcome, 'itemIndex' | 'attempt'>): boolean {
    const item = this.find(itemIndex);
    if (item?.status === 'remote' && attempt >= (item.handedOut ?? 0)) {
      item.status = 'running';
      return true;
    }
    if (item?.status !== 'pending' || attempt < item.tries) return false;
    this.begin(item);
    return true;
  }

  /** A try that counts, but says nothing of its item. */
  passOver({ itemIndex, attempt }: Pick<Outcome, 'itemIndex' | 'attempt'>): void {
    const item = this.find(itemIndex);
    if (item?.status === 'pending') item.tries = Math.max(item.tries, attempt);
  }

  /** An item is to run as an activity of its own. */
  handOut(item: ItemWork): void {
    this.begin(item);
    item.status = 'remote';
    item.handedOut = item.tries + 1;
  }

  /** A person, or the end of a called run, must say how an item went. */
  leaveOpen(item: ItemWork): void {
    if (item.status === 'running') this.#running -= 1;
    item.status = 'asked';
    this.#asked += 1;
  }

  /** Tells what to wait for when nothing is left but items that others must decide about; undefined when the engine knows. */
  ask(): WaitsFor | undefined {
    const isChild = this.#prepared.node.effect === 'child';
    const isIdle = this.#asked > 0 && this.#running === 0 && (this.#asked === this.#left || (isChild && this.#asked >= this.window));
    if (!isIdle) return undefined;
    const who = this.items.find((one) => one.status === 'asked')?.child ?? '';
    if (this.#asksFor === who) return undefined;
    this.#asksFor = who;
    return isChild ? { kind: 'child', who } : { kind: 'outcome' };
  }

  /** Begins the next try: items whose failure can be tried again go again. */
  again(activation: Activation): void {
    const tried = this.#prepared;
    // What it was built from stays, that of an earlier run too.
    this.#prepared = { ...tried, activation: { ...activation, atMs: tried.activation.atMs } };
    this.#asksFor = undefined;
    for (const one of this.items) {
      if (one.outcome === undefined || !canRetry(tried.node, tried.activation.attempt, one.outcome)) continue;
      one.status = 'pending';
      delete one.outcome;
      this.#left += 1;
    }
    this.#cursor = 0;
  }

  find(itemIndex: number): ItemWork | undefined {
    return this.items[this.#prepared.isWhole && itemIndex === -1 ? 0 : itemIndex];
  }

  /** Takes an outcome; what it means for the activation. Undefined for an item that it does not have. */
  take(outcome: Outcome): EngineEvent | undefined {
    if (isDecision(outcome)) return this.#sendAgain(outcome);
    const item = this.find(outcome.itemIndex);
    if (item === undefined) return undefined;
    if (item.status === 'running' || item.status === 'remote') this.#running -= 1;
    if (item.status === 'asked') this.#asked -= 1;
    if (item.outcome === undefined) this.#left -= 1;
    item.status = 'settled';
    item.outcome = outcome;
    item.tries = Math.max(item.tries, outcome.attempt);
    // In a replay a later try may have been sent since: what became of that one this does not say.
    if (item.open !== undefined && outcome.attempt >= item.open.attempt) delete item.open;
    delete item.handedOut;
    delete item.resend;
    delete item.child;
    const { nodeId, runIndex } = outcome;
    const isOver = this.#left === 0 || this.#isHopeless(outcome);
    return isOver ? this.#over(outcome, { seq: outcome.seq }) : { type: 'progress', nodeId, runIndex, seq: outcome.seq };
  }

  /** A person wants an item sent again whose answer was lost. */
  #sendAgain(outcome: Outcome): EngineEvent | undefined {
    const { nodeId, runIndex, seq } = outcome;
    const item = this.find(itemOfDecision(outcome.itemIndex));
    if (item === undefined) return undefined;
    if (item.status === 'asked') {
      this.#asked -= 1;
      item.status = 'pending';
    }
    const how = sendAgainOf(outcome);
    if (how === 'newKey') item.sendNo += 1;
    // In a replay it may have been sent since, and the answer lost again: that is another question.
    if (item.open === undefined || tryOf(outcome) >= item.open.attempt) item.resend = how;
    this.#asksFor = undefined;
    this.#cursor = 0;
    return { type: 'decided', nodeId, runIndex, seq };
  }

  /** A failure that ends the run at once, however many items are left. */
  #isHopeless(outcome: Outcome): boolean {
    const { node, activation } = this.#prepared;
    return outcome.status !== 'done' && node.onError === 'stop' && !canRetry(node, activation.attempt, outcome);
  }

  #over(last: Outcome, place: { readonly seq?: number }): EngineEvent {
    const { node, list, isWhole, activation } = this.#prepared;
    const collected = new Collected();
    const failed: Outcome[] = [];
    for (const { itemIndex, outcome } of this.items) {
      if (outcome === undefined) continue;
      const ports = outcome.status === 'done' ? portsIn(outcome) : undefined;
      if (ports === undefined) {
        failed.push(outcome);
        collected.addError(node, errorOf(outcome), { itemIndex, inputCount: list.items.length, ...itemAt(list, itemIndex) });
      } else if (isWhole) collected.addWhole(list.items.length, ports);
      else collected.add(itemIndex, ports);
    }
    const deciding = this.#isHopeless(last) ? last : (failed.find((one) => canRetry(node, activation.attempt, one)) ?? failed[0]);
    const error = deciding === undefined ? null : errorOf(deciding);
    const final = deciding !== undefined && isFinal(node, deciding);
    return overEvent(this.#context, this.#prepared, { collected, error, final, atMs: last.finishedAtMs, ...place });
  }
}

function errorOf(outcome: Outcome): RunError {
  return (
    outcome.error ?? {
      code: 'answer_lost',
      message: 'The answer of the service was lost.',
      hint: 'Look there whether it was done, then resume the run.',
      nodeId: outcome.nodeId,
    }
  );
}

/** A write whose outcome is unknown is not tried again by itself unless the node says so. */
function isFinal(node: PlanNode, { status }: Outcome): boolean {
  return status === 'unknown' && node.onLostAnswer !== 'resend';
}

/** Whether the node's policy tries an item again after this outcome. */
function canRetry(node: PlanNode, attempt: number, outcome: Outcome): boolean {
  if (outcome.status === 'done') return false;
  return (
    retryAt(node, attempt, {
      error: errorOf(outcome),
      atMs: outcome.finishedAtMs,
      chance: 0,
      final: isFinal(node, outcome),
      fallback: {},
    }) !== null
  );
}

function restored(itemIndex: number, prepared: Prepared, stored: Stored): ItemWork {
  const { activation, node } = prepared;
  const outcomes = stored.outcomes.filter((one) => one.itemIndex === itemIndex);
  const open = stored.open.filter((one) => one.itemIndex === itemIndex).toSorted((a, b) => b.attempt - a.attempt)[0];
  const earlier = stored.earlier?.item(itemIndex, () => builtNow(prepared, itemIndex));
  const tries = Math.max(earlier?.tries ?? 0, open?.attempt ?? 0, ...outcomes.map((one) => one.attempt));
  const decided = stored.outcomes.filter((one) => one.itemIndex === decisionIndex(itemIndex));
  const sendNo = (earlier?.sendNo ?? 0) + decided.filter((one) => sendAgainOf(one) === 'newKey').length;
  const last = outcomes.find((one) => one.status === 'done') ?? outcomes.at(-1);
  const out = stored.lost?.includes(itemIndex) === true ? undefined : activation.remote?.find((one) => one.itemIndex === itemIndex);
  if (last === undefined && open === undefined && out === undefined)
    return takenOver({ itemIndex, tries, sendNo, status: 'pending' }, earlier, decided);
  // Each try of the activation leaves one failure per item: with as many as tries, this one is over for it.
  const isOver = last !== undefined && (outcomes.length >= activation.attempt || !canRetry(node, outcomes.length, last));
  // A later try of it may have been sent since: when that is due, its answer is lost.
  const later = open !== undefined && open.attempt > (last?.attempt ?? 0) ? { open } : {};
  if (isOver) return { itemIndex, tries, sendNo, status: 'settled', outcome: last, ...later };
  if (out !== undefined) return { itemIndex, tries: out.attempt - 1, sendNo: out.sendNo ?? 0, status: 'remote', handedOut: out.attempt };
  if (open === undefined || outcomes.some((one) => one.attempt >= open.attempt)) return { itemIndex, tries, sendNo, status: 'pending' };
  const again = decided.find((one) => tryOf(one) >= open.attempt);
  return { itemIndex, tries, sendNo, status: 'pending', open, ...(again === undefined ? {} : { resend: sendAgainOf(again) }) };
}

/** An item of which this run knows nothing, as earlier ones left it. */
function takenOver(fresh: ItemWork, earlier: EarlierItem | undefined, decided: readonly Outcome[]): ItemWork {
  if (earlier?.outcome !== undefined) return { ...fresh, status: 'settled', outcome: earlier.outcome, isSkipped: true };
  if (earlier?.open === undefined) return fresh;
  const { attempt } = earlier.open;
  const again = decided.find((one) => tryOf(one) >= attempt);
  return { ...fresh, open: earlier.open, ...(again === undefined ? {} : { resend: sendAgainOf(again) }) };
}

import type { EngineEvent } from '@millwright/engine/advance';
import type { Activation, OpenAttempt, Outcome, RemoteItem, WaitsFor } from '@millwright/workflow';
import { Collected } from './collected.ts';
import { portsIn } from '../programs/console.ts';
import { restored } from '../segment/restored.ts';
import { isDecision, itemOfDecision, sendAgainOf, tryOf, type SendAgain } from '../waits/decision-index.ts';
import { isHold } from '../waits/holds.ts';
import { canRetry, errorOf, isFinal } from '../waits/tries.ts';
import { lostSince, wantsNewKey } from '../waits/vendor-key.ts';
import { itemAt, overEvent, type NodeContext, type Prepared } from './prepared.ts';
import type { Earlier } from './skips.ts';

/** One item of an activation that reads or writes. */
export interface ItemWork {
  readonly itemIndex: number;
  /** `asked`: its answer was lost and a person must say what happened, the run that it called has not ended, or it has a `hold`. */
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
  /** When the first request left that was lost under the present key, ms since 1970. Absent: none was. */
  lostSinceMs?: number;
  /** A person wants `open` sent again, whatever became of it. */
  resend?: SendAgain;
  /** The run that it called and waits for. */
  child?: string;
  /** The try that was held up by a dead credential. */
  hold?: Outcome;
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
  /** What the engine knows that it waits for: a person (`''`), a called run, or a credential. Undefined: nothing. */
  #asksFor: string | undefined;
  readonly #context: NodeContext;
  #prepared: Prepared;
  #running = 0;
  #asked: number;
  #held: number;
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
    this.#held = this.items.filter((one) => one.hold !== undefined).length;
    this.#asked = this.#held;
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
    // With a dead credential the others would fare no better.
    if (this.#held > 0) return undefined;
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
    const isAll = this.#asked === this.#left || this.#held > 0 || (isChild && this.#asked >= this.window);
    if (this.#asked === 0 || this.#running > 0 || !isAll) return undefined;
    const credentialId = this.#held === 0 ? undefined : this.items.find((one) => one.hold !== undefined)?.hold?.error?.credentialId;
    const who = credentialId ?? this.items.find((one) => one.status === 'asked')?.child ?? '';
    if (this.#asksFor === who) return undefined;
    this.#asksFor = who;
    if (credentialId !== undefined) return { kind: 'credential', who };
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
    item.tries = Math.max(item.tries, outcome.attempt);
    if (isHold(outcome)) return this.#hold(item, outcome);
    noteKey(item, outcome);
    if (item.outcome === undefined) this.#left -= 1;
    item.status = 'settled';
    item.outcome = outcome;
    // In a replay a later try may have been sent since: what became of that one this does not say.
    if (item.open !== undefined && outcome.attempt >= item.open.attempt) delete item.open;
    delete item.handedOut;
    delete item.resend;
    delete item.child;
    const { nodeId, runIndex } = outcome;
    const isOver = this.#left === 0 || this.#isHopeless(outcome);
    return isOver ? this.#over(outcome, { seq: outcome.seq }) : { type: 'progress', nodeId, runIndex, seq: outcome.seq };
  }

  /** Nothing was sent: it goes on when its credential works again. What was sent before and lost stays what it is. */
  #hold(item: ItemWork, outcome: Outcome): EngineEvent {
    const { nodeId, runIndex, seq, attempt } = outcome;
    item.status = 'asked';
    item.hold = outcome;
    this.#asked += 1;
    this.#held += 1;
    delete item.handedOut;
    if (item.open?.attempt === attempt) delete item.open;
    return { type: 'progress', nodeId, runIndex, seq };
  }

  /** A person wants an item sent again whose answer was lost, or whose credential was dead. */
  #sendAgain(outcome: Outcome): EngineEvent | undefined {
    const { nodeId, runIndex, seq } = outcome;
    const item = this.find(itemOfDecision(outcome.itemIndex));
    if (item === undefined) return undefined;
    if (item.status === 'asked') {
      this.#asked -= 1;
      item.status = 'pending';
    }
    if (item.hold !== undefined) this.#held -= 1;
    delete item.hold;
    const how = sendAgainOf(outcome);
    if (how === 'newKey') changeKey(item);
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

function changeKey(item: ItemWork): void {
  item.sendNo += 1;
  delete item.lostSinceMs;
}

/** What an outcome says of the key that the next try is sent with. */
function noteKey(item: ItemWork, outcome: Outcome): void {
  if (wantsNewKey(outcome)) return changeKey(item);
  const lostSinceMs = lostSince([outcome], item.lostSinceMs);
  if (lostSinceMs !== undefined) item.lostSinceMs = lostSinceMs;
}

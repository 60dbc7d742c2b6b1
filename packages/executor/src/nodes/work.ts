import type { EngineEvent } from '@millwright/engine/advance';
import { retryAt } from '@millwright/engine/advance';
import type { Activation, Item, OpenAttempt, Outcome, PlanNode, RunError } from '@millwright/workflow';
import { Collected, type ItemsByPort } from './collected.ts';
import { itemAt, overEvent, type NodeContext, type Prepared } from './prepared.ts';

/** One item of an activation that reads or writes. */
export interface ItemWork {
  readonly itemIndex: number;
  /** `asked`: its answer was lost and a person must say what happened. */
  status: 'pending' | 'running' | 'settled' | 'asked';
  /** Stored tries so far. */
  tries: number;
  /** How it went, in the current try of the activation, or earlier when it is done. */
  outcome?: Outcome;
  /** Sent by an earlier try, answer not known. */
  open?: OpenAttempt;
}

/** What the ledger knows of one activation when a segment opens. */
export interface Stored {
  readonly outcomes: readonly Outcome[];
  readonly open: readonly OpenAttempt[];
}

/** An activation whose items are read or written one by one; what it tells the engine follows from outcomes alone. */
export class Work {
  readonly items: readonly ItemWork[];
  /** The engine knows that a person must decide. */
  isAsking: boolean;
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
    this.isAsking = prepared.activation.status === 'waiting';
    const count = prepared.isWhole ? 1 : prepared.list.items.length;
    this.items = Array.from({ length: count }, (_, index) => restored(prepared.isWhole ? -1 : index, prepared, stored));
    this.#left = this.items.filter((one) => one.outcome === undefined).length;
  }

  get prepared(): Prepared {
    return this.#prepared;
  }

  get window(): number {
    return Math.max(1, this.#prepared.config.window ?? 1);
  }

  /** The next item to start; undefined when there is none, or no room. */
  next(): ItemWork | undefined {
    if (this.#running >= this.window) return undefined;
    while (this.#cursor < this.items.length && this.items[this.#cursor]?.status !== 'pending') this.#cursor += 1;
    return this.items[this.#cursor];
  }

  /** An item is under way, or its answer is. */
  begin(item: ItemWork): void {
    item.status = 'running';
    this.#running += 1;
  }

  /** A person must say how an item went. */
  leaveOpen(item: ItemWork): void {
    item.status = 'asked';
    this.#asked += 1;
  }

  /** Nothing is left but items that somebody must decide about. */
  get mustAsk(): boolean {
    return !this.isAsking && this.#asked > 0 && this.#asked === this.#left;
  }

  /** Begins the next try: items whose failure can be tried again go again. */
  again(activation: Activation): void {
    const tried = this.#prepared;
    this.#prepared = { ...tried, activation };
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
    const item = this.find(outcome.itemIndex);
    if (item === undefined) return undefined;
    if (item.status === 'running') this.#running -= 1;
    if (item.status === 'asked') this.#asked -= 1;
    if (item.outcome === undefined) this.#left -= 1;
    item.status = 'settled';
    item.outcome = outcome;
    item.tries = Math.max(item.tries, outcome.attempt);
    delete item.open;
    const { nodeId, runIndex } = outcome;
    const isOver = this.#left === 0 || this.#isHopeless(outcome);
    return isOver ? this.#over(outcome) : { type: 'progress', nodeId, runIndex, seq: outcome.seq };
  }

  /** A failure that ends the run at once, however many items are left. */
  #isHopeless(outcome: Outcome): boolean {
    const { node, activation } = this.#prepared;
    return outcome.status !== 'done' && node.onError === 'stop' && !canRetry(node, activation.attempt, outcome);
  }

  #over(last: Outcome): EngineEvent {
    const { node, list, isWhole, activation } = this.#prepared;
    const collected = new Collected();
    const failed: Outcome[] = [];
    for (const { itemIndex, outcome } of this.items) {
      if (outcome === undefined) continue;
      const ports = outcome.status === 'done' ? portsOf(outcome) : undefined;
      if (ports === undefined) {
        failed.push(outcome);
        collected.addError(node, errorOf(outcome), { itemIndex, ...itemAt(list, itemIndex) });
      } else if (isWhole) collected.addWhole(list.items.length, ports);
      else collected.add(itemIndex, ports);
    }
    const deciding = this.#isHopeless(last) ? last : (failed.find((one) => canRetry(node, activation.attempt, one)) ?? failed[0]);
    const error = deciding === undefined ? null : errorOf(deciding);
    const final = deciding !== undefined && isFinal(node, deciding);
    return overEvent(this.#context, this.#prepared, { collected, error, final, atMs: last.finishedAtMs, seq: last.seq });
  }
}

function errorOf(outcome: Outcome): RunError {
  return outcome.error ?? { code: 'answer_lost', message: 'The answer of the service was lost.', nodeId: outcome.nodeId };
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

function restored(itemIndex: number, { activation, node }: Prepared, stored: Stored): ItemWork {
  const outcomes = stored.outcomes.filter((one) => one.itemIndex === itemIndex);
  const open = stored.open.filter((one) => one.itemIndex === itemIndex).toSorted((a, b) => b.attempt - a.attempt)[0];
  const tries = Math.max(0, open?.attempt ?? 0, ...outcomes.map((one) => one.attempt));
  const last = outcomes.find((one) => one.status === 'done') ?? outcomes.at(-1);
  // Each try of the activation leaves one failure per item: with as many as tries, this one is over for it.
  const isOver = last !== undefined && (outcomes.length >= activation.attempt || !canRetry(node, outcomes.length, last));
  if (isOver) return { itemIndex, tries, status: 'settled', outcome: last };
  const isAnswered = open === undefined || outcomes.some((one) => one.attempt >= open.attempt);
  return { itemIndex, tries, status: 'pending', ...(isAnswered ? {} : { open }) };
}

function portsOf(outcome: Outcome): ItemsByPort {
  return (outcome.response ?? {}) as unknown as Readonly<Record<string, readonly Item[]>>;
}

import type { AttemptKey, NodeRunRecord, Outcome, ReplyMessage, RunHeader, StartedAttempt } from '@millwright/workflow';
import type { AttemptStatus, RunStatus } from '@millwright/workflow/states';
import { ledgerRunId, RUNNING, rowName, type AttemptRow, type RunStanding, type SettleRow } from './rows.ts';

/** Somebody who waits for a flush. */
export interface Waiter {
  /** Row that must have been stored; null: only what was queued. */
  readonly row: string | null;
  readonly resolve: (stored: boolean, refused?: RunStatus) => void;
  readonly reject: (error: unknown) => void;
}

/** One run's share of a flush: everything that was queued when it left. */
export interface FlushPart {
  readonly buffer: RunBuffer;
  /** False: only answers to what was sent are stored, whoever owns the run now. */
  readonly fenced: boolean;
  readonly inserts: ReadonlyMap<string, AttemptRow>;
  readonly settles: ReadonlyMap<string, SettleRow>;
  readonly nodeRuns: ReadonlyMap<string, NodeRunRecord>;
  /** Decisions that were taken, by token. */
  readonly decisions: ReadonlyMap<string, number>;
  readonly reply: ReplyMessage | null;
  readonly withDelivery: boolean;
  readonly standing: RunStanding;
  readonly waiters: readonly Waiter[];
}

/** What is queued for one open segment of one run. Knows nothing of Postgres. */
export class RunBuffer {
  readonly header: RunHeader;
  /** The incarnation under which the segment was opened. */
  readonly owner: string;
  /** Monotonic. */
  readonly openedAtMs: number;
  /** Ids of outputs that were queued, with their counts. */
  readonly produced = new Map<string, number>();
  /** The run is not ours, or a later segment of this process took over: only answers are still stored. */
  dead = false;
  /** The run's row says what it says while a segment runs: flushes need not write it again. */
  isRowRunning = false;
  inFlight: Promise<void> | null = null;
  standing: RunStanding = RUNNING;
  timer: NodeJS.Timeout | null = null;
  timerAtMs = 0;

  /** Rows that are stored, and how they will stand after what is queued. */
  readonly #known = new Map<string, { readonly by: string; readonly status: AttemptStatus }>();
  #gaveUp = false;
  #inserts = new Map<string, AttemptRow>();
  #settles = new Map<string, SettleRow>();
  #nodeRuns = new Map<string, NodeRunRecord>();
  #decisions = new Map<string, number>();
  #reply: ReplyMessage | null = null;
  #deliveryDue: boolean;
  #waiters: Waiter[] = [];

  constructor(header: RunHeader, owner: string, openedAtMs: number) {
    this.header = header;
    this.owner = owner;
    this.openedAtMs = openedAtMs;
    this.#deliveryDue = header.delivery !== undefined;
  }

  /** Remembers a row that is stored, so that an outcome of it settles it instead of adding one. */
  knowStored(row: AttemptKey & { readonly owner: string; readonly status: AttemptStatus }): void {
    this.#known.set(rowName(ledgerRunId(this.header), row), { by: row.owner, status: row.status });
  }

  addStarted(attempt: StartedAttempt): string {
    const name = rowName(ledgerRunId(this.header), attempt);
    this.#inserts.set(name, { ...attempt, seq: null, status: 'started', finishedAtMs: null, response: undefined, error: undefined });
    this.#known.set(name, { by: this.owner, status: 'started' });
    return name;
  }

  /** Queues an outcome. Number 0: a fact that the engine has not taken; it has no place in the order. */
  addOutcome(outcome: Outcome): void {
    const name = rowName(ledgerRunId(this.header), outcome);
    const seq = outcome.seq === 0 ? null : outcome.seq;
    const row: AttemptRow = { ...outcome, seq, requestHash: null, response: outcome.response, error: outcome.error };
    const known = this.#known.get(name);
    if (known === undefined) {
      if (!this.dead) this.#inserts.set(name, row);
      return;
    }
    this.#settles.set(name, { ...row, sentBy: known.by, expected: this.#settles.get(name)?.expected ?? known.status });
    this.#known.set(name, { by: known.by, status: outcome.status });
  }

  /** Queues that a start never left, unless the engine has taken something else of it meanwhile: that has its number. */
  takeBack({ requestHash: _requestHash, ...attempt }: StartedAttempt, finishedAtMs: number): void {
    if (this.#known.get(rowName(ledgerRunId(this.header), attempt))?.status !== 'started') return;
    this.addOutcome({ ...attempt, seq: 0, status: 'notSent', finishedAtMs });
  }

  addNodeRun(record: NodeRunRecord): void {
    if (this.dead) return;
    this.#nodeRuns.set(`${record.nodeId}:${String(record.runIndex)}`, record);
    for (const ref of Object.values(record.outputs)) if (ref.inline !== undefined) this.produced.set(ref.id, ref.count);
  }

  /** Queues that a decision was taken, with its place in the order. */
  addDecided(token: string, seq: number): void {
    if (!this.dead) this.#decisions.set(token, seq);
  }

  addReply(message: ReplyMessage): void {
    this.#reply = message;
    this.#deliveryDue = this.header.delivery !== undefined;
  }

  addWaiter(waiter: Waiter): void {
    this.#waiters.push(waiter);
  }

  /** Whether the segment was given up: after the next flush nothing more is taken from it. */
  get gaveUp(): boolean {
    return this.#gaveUp;
  }

  /** Frees the run with the next flush, which is the last. */
  giveUp(): void {
    this.#gaveUp = true;
    this.standing = { ...RUNNING, release: true };
  }

  /** From now on only answers to what was sent are stored. */
  die(): void {
    this.dead = true;
    this.#inserts.clear();
    this.#nodeRuns.clear();
    this.#decisions.clear();
    this.#reply = null;
    this.#deliveryDue = false;
  }

  get isEmpty(): boolean {
    return this.#rowCount + this.#waiters.length === 0 && !this.#deliveryDue;
  }

  /** Whether there is something that nobody waits for but that must leave. */
  get hasRows(): boolean {
    return this.#rowCount > 0 || (this.#reply !== null && this.#deliveryDue);
  }

  get #rowCount(): number {
    return this.#inserts.size + this.#settles.size + this.#nodeRuns.size + this.#decisions.size;
  }

  /** Takes everything queued. */
  take(): FlushPart {
    const part: FlushPart = {
      buffer: this,
      fenced: !this.dead,
      inserts: this.#inserts,
      settles: this.#settles,
      nodeRuns: this.#nodeRuns,
      decisions: this.#decisions,
      reply: this.#reply,
      withDelivery: this.#deliveryDue,
      standing: this.standing,
      waiters: this.#waiters,
    };
    this.#inserts = new Map();
    this.#settles = new Map();
    this.#nodeRuns = new Map();
    this.#decisions = new Map();
    this.#reply = null;
    this.#deliveryDue = false;
    this.#waiters = [];
    return part;
  }

  /** What was taken of a try whose start was refused has no row that it could settle: it is one. */
  #insertInstead(name: string): void {
    const taken = this.#settles.get(name);
    if (taken === undefined) return;
    const { sentBy, expected: _expected, ...row } = taken;
    this.#settles.delete(name);
    this.#inserts.set(name, row);
    this.#known.set(name, { by: sentBy, status: row.status });
  }

  /**
   * Puts back what could not be stored, below what was queued meanwhile; tries whose start was refused are forgotten.
   * Whoever waited is told, and gives the segment up: what is left is stored later, and the run is free for others then.
   */
  putBack(part: FlushPart): void {
    if (part.waiters.length > 0) this.giveUp();
    const refused = new Set(part.waiters.map((waiter) => waiter.row));
    for (const name of refused) if (name !== null) this.#known.delete(name);
    // A newer answer to a row whose older one was not stored still finds the row as the older one would have.
    for (const [name, row] of part.settles) this.#settles.set(name, { ...(this.#settles.get(name) ?? row), expected: row.expected });
    if (this.dead) return;
    for (const name of refused) if (name !== null) this.#insertInstead(name);
    this.#inserts = new Map([...[...part.inserts].filter(([name]) => !refused.has(name)), ...this.#inserts]);
    this.#nodeRuns = new Map([...part.nodeRuns, ...this.#nodeRuns]);
    this.#decisions = new Map([...part.decisions, ...this.#decisions]);
    this.#reply ??= part.reply;
    this.#deliveryDue ||= part.withDelivery;
  }
}

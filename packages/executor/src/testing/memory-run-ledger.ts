import { TransientError, type OwnerId } from '@millwright/core';
import type {
  LedgerOpened,
  NodeRunRecord,
  Outcome,
  Predecessor,
  ReplyMessage,
  RunHeader,
  RunLedger,
  StartedAttempt,
  StoredDecision,
} from '@millwright/workflow';
import { systemTimers } from '../timers.ts';
import { copied } from './copied.ts';
import type { CommitPoints } from './commit-points.ts';
import { apply, openDecisions, predecessorOf, toOpen, toOutcome } from './memory-rows.ts';
import { attemptKey, type Flush, type MemoryStore, type Queued, type RunRow, type Settles } from './memory-store.ts';

/** Where a process dies: at which commit, counted from 1, and whether that commit is stored. */
export interface Crash {
  readonly atCommit: number;
  readonly isStored: boolean;
}

/** A process, as its ledgers share it. */
export interface ProcessState {
  readonly owner: OwnerId;
  readonly crash: Crash | undefined;
  readonly points: CommitPoints;
  /** Ledgers with rows from a time without the database. */
  readonly left: Set<MemoryLedger>;
  /** The newest ledger of each run: an earlier one stores answers only. */
  readonly open: Map<string, MemoryLedger>;
  isDead: boolean;
  commits: number;
}

/** What one segment of a run sees of the store. */
export class MemoryLedger implements RunLedger {
  readonly #store: MemoryStore;
  readonly #process: ProcessState;
  readonly #header: RunHeader;
  /** Rows that are stored, and how they will stand after what is queued. */
  readonly #known = new Map<string, Settles>();
  #outcomes: Queued[] = [];
  #nodeRuns = new Map<string, NodeRunRecord>();
  #decided = new Map<string, number>();
  #reply: ReplyMessage | null = null;
  #stopTimer: (() => void) | undefined;
  #last: Promise<unknown> = Promise.resolve();
  /** Only answers are still stored: the run is another's, or a later segment's. */
  #isOver = false;
  #isGivenUp = false;

  constructor(store: MemoryStore, process: ProcessState, header: RunHeader) {
    this.#store = store;
    this.#process = process;
    this.#header = header;
    const before = process.open.get(header.runId);
    if (before !== undefined) {
      before.#die();
      this.#last = before.#last;
    }
    process.open.set(header.runId, this);
  }

  readonly open = async (afterSeq: number): Promise<LedgerOpened> => {
    this.#assertAlive();
    await this.#last;
    for (const left of this.#process.left) if (left.#header.runId === this.#header.runId) await left.#commit(null);
    await this.#process.points.before?.('read');
    const isOurs = !this.#isOver && this.#store.take(this.#header, this.#process.owner) !== null;
    if (!isOurs) this.#die();
    const row = this.#store.row(this.#header);
    const rows = copied([...row.attempts.values()]);
    for (const { owner, status, ...key } of rows) this.#known.set(attemptKey(key), { sentBy: owner, expected: status });
    const numbered = rows.filter((one) => one.seq > afterSeq).toSorted((a, b) => a.seq - b.seq);
    const late = rows.filter((one) => one.seq === 0 && one.status !== 'started' && one.status !== 'unknown');
    return {
      isOurs,
      ended: row.end,
      outcomes: [...numbered, ...late].map(toOutcome),
      open: rows.flatMap((one) => toOpen(one, rows)),
      cancelRequested: row.cancelRequested,
      ...(row.pauseRequested ? { pauseRequested: true } : {}),
      ...openDecisions(row),
      losses: row.losses,
    };
  };

  readonly predecessor = async (): Promise<Predecessor> => {
    this.#assertAlive();
    await this.#process.points.before?.('read');
    return predecessorOf(copied(this.#store.closePredecessors(this.#header)));
  };

  readonly record = (outcome: Outcome): void => {
    const key = attemptKey(outcome);
    const known = this.#known.get(key);
    this.#known.set(key, { sentBy: known?.sentBy ?? this.#process.owner, expected: outcome.status });
    const queued = this.#outcomes.find((one) => attemptKey(one.outcome) === key);
    const settles = queued?.settles ?? known;
    if (queued !== undefined) this.#outcomes.splice(this.#outcomes.indexOf(queued), 1);
    this.#outcomes.push({ outcome: copied(outcome), ...(settles === undefined ? {} : { settles }) });
    this.#later(5);
  };

  readonly nodeRun = (record: NodeRunRecord): void => {
    this.#nodeRuns.set(`${record.nodeId}:${record.runIndex}`, copied(record));
    this.#later(200);
  };

  readonly decisions = async (): Promise<readonly StoredDecision[]> => {
    this.#assertAlive();
    await this.#process.points.before?.('read');
    return openDecisions(this.#store.row(this.#header)).decisions ?? [];
  };

  readonly decided = (token: string, seq: number): void => {
    this.#decided.set(token, seq);
    this.#later(5);
  };

  readonly reply = (message: ReplyMessage): void => {
    this.#reply = message;
  };

  readonly start = async (attempt: StartedAttempt): Promise<boolean> => {
    if (this.#isOver) return false;
    this.#checkLease();
    if (!(await this.#commit(attempt))) return false;
    // Unless the engine has taken something else of it meanwhile: that has its number.
    if (this.#process.points.canSend?.() === false && this.#known.get(attemptKey(attempt))?.expected === 'started') {
      const { requestHash: _hash, ...key } = attempt;
      this.record({ ...key, seq: 0, status: 'notSent', finishedAtMs: attempt.startedAtMs });
    }
    this.#checkLease();
    return true;
  };

  readonly flush = async (): Promise<boolean> => this.#commit(null);

  readonly close: RunLedger['close'] = async (end) => {
    const isOurs = await this.#commit(null, (row) => {
      apply(row, end);
      if ('ended' in end) this.#store.onEnd?.(row);
    });
    this.#die();
    return isOurs ? 'stored' : (this.#store.row(this.#header).end?.status ?? 'notOurs');
  };

  readonly abandon = (): void => {
    this.#isGivenUp = true;
    void this.#commit(null).catch(() => undefined);
  };

  /** A run's rows are in one flush at a time: what is stored is a prefix of what was queued. */
  #commit(started: StartedAttempt | null, also?: (row: RunRow) => void): Promise<boolean> {
    const turn = this.#last.then(() => this.#flush(started, also));
    // Whoever waited is told, and gives the segment up: what is left is stored later, and the run is free for others then.
    this.#last = turn.catch(() => {
      this.#isGivenUp = true;
    });
    return turn;
  }

  async #flush(started: StartedAttempt | null, also?: (row: RunRow) => void): Promise<boolean> {
    this.#assertAlive();
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    const flush = this.#take(started);
    try {
      await this.#process.points.before?.('commit');
      const isOurs = this.#write(flush, also);
      await this.#process.points.after?.();
      this.#process.left.delete(this);
      if (!isOurs || this.#isGivenUp) this.#die();
      return isOurs;
    } catch (thrown) {
      if (!this.#process.isDead) this.#putBack(flush);
      throw thrown;
    }
  }

  #take(started: StartedAttempt | null): Flush {
    const flush: Flush = {
      outcomes: this.#outcomes,
      nodeRuns: [...this.#nodeRuns.values()],
      decided: this.#decided,
      reply: this.#reply,
      started,
    };
    if (started !== null) this.#known.set(attemptKey(started), { sentBy: this.#process.owner, expected: 'started' });
    this.#outcomes = [];
    this.#nodeRuns = new Map();
    this.#decided = new Map();
    this.#reply = null;
    return flush;
  }

  #write(flush: Flush, also?: (row: RunRow) => void): boolean {
    this.#process.commits += 1;
    const { crash, commits, owner } = this.#process;
    const isFatal = crash?.atCommit === commits;
    let isOurs = false;
    if (!isFatal || crash.isStored) {
      isOurs = this.#store.commit(this.#header, owner, this.#isOver ? { ...flush, isOver: true } : flush);
      const row = this.#store.row(this.#header);
      if (isOurs && this.#isGivenUp) row.owner = null;
      if (isOurs) also?.(row);
    }
    if (isFatal) {
      this.#process.isDead = true;
      this.#store.alive.delete(owner);
      this.#assertAlive();
    }
    return isOurs;
  }

  /** What could not be stored stays queued, below what came since; a start that was refused does not. */
  #putBack({ outcomes, nodeRuns, decided, reply, started }: Flush): void {
    if (started !== null) this.#insertInstead(attemptKey(started));
    const isNewer = new Set(this.#outcomes.map((one) => attemptKey(one.outcome)));
    this.#outcomes = [...outcomes.filter((one) => !isNewer.has(attemptKey(one.outcome))), ...this.#outcomes];
    this.#nodeRuns = new Map([...nodeRuns.map((one) => [`${one.nodeId}:${one.runIndex}`, one] as const), ...this.#nodeRuns]);
    this.#decided = new Map([...decided, ...this.#decided]);
    this.#reply ??= reply;
    this.#process.left.add(this);
    this.#later(500);
  }

  /** What was taken of a try whose start was refused has no row that it could settle: it is one. */
  #insertInstead(refused: string): void {
    this.#known.delete(refused);
    this.#outcomes = this.#outcomes.map((one) => (attemptKey(one.outcome) === refused ? { outcome: one.outcome } : one));
  }

  #die(): void {
    this.#isOver = true;
    if (this.#process.open.get(this.#header.runId) === this) this.#process.open.delete(this.#header.runId);
  }

  #later(ms: number): void {
    const { timers = systemTimers } = this.#process.points;
    this.#stopTimer ??= timers.after(ms, () => {
      this.#stopTimer = undefined;
      this.#last = this.#last.then(() => this.#flush(null)).catch(() => undefined);
    });
  }

  #checkLease(): void {
    if (this.#process.points.canSend?.() === false)
      throw new TransientError({ code: 'lease_stale', message: 'the lease of this process was not renewed in time: it sends nothing' });
  }

  #assertAlive(): void {
    if (this.#process.isDead) throw new TransientError({ code: 'database_unavailable', message: 'the process is dead' });
  }
}

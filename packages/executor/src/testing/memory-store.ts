import type { OwnerId, RunId } from '@millwright/core';
import type {
  AttemptStatus,
  NodeRunRecord,
  OfChain,
  Outcome,
  ReplyMessage,
  RunEnd,
  RunHeader,
  StartedAttempt,
  StoredDecision,
  WaitsFor,
} from '@millwright/workflow';

/** A row of the ledger. */
export type AttemptRow = Omit<Outcome, 'status' | 'finishedAtMs' | 'seq'> & {
  readonly status: AttemptStatus;
  readonly seq: number;
  readonly owner: OwnerId;
  readonly requestHash?: string;
  readonly finishedAtMs?: number;
};

/** A run as the store has it. */
export interface RunRow {
  readonly header: RunHeader;
  owner: OwnerId | null;
  status: 'running' | 'waiting' | RunEnd['status'];
  waitsFor: WaitsFor | null;
  end: RunEnd | null;
  reply: ReplyMessage | null;
  cancelRequested: boolean;
  pauseRequested: boolean;
  /** By token, in the order in which they were stored. */
  readonly decisions: Map<string, StoredDecision & { seq: number | null }>;
  losses: number;
  readonly attempts: Map<string, AttemptRow>;
  readonly nodeRuns: Map<string, NodeRunRecord>;
}

/** The row that an outcome settles, as whoever queued it knows it. */
export interface Settles {
  readonly sentBy: OwnerId;
  readonly expected: AttemptStatus;
}

/** An outcome on its way. Without `settles` it is a row of its own. */
export interface Queued {
  readonly outcome: Outcome;
  readonly settles?: Settles;
}

/** What one flush wants to store. */
export interface Flush {
  readonly outcomes: readonly Queued[];
  readonly nodeRuns: readonly NodeRunRecord[];
  /** Decisions that were taken, by token. */
  readonly decided: ReadonlyMap<string, number>;
  readonly reply: ReplyMessage | null;
  readonly started: StartedAttempt | null;
  /** Only answers are still stored. Absent: everything is. */
  readonly isOver?: true;
}

/** The shared database of the in-memory ledgers: rows of runs, and who is alive. Everything in it survives a process. */
export class MemoryStore {
  readonly runs = new Map<RunId, RunRow>();
  readonly alive = new Set<OwnerId>();
  /** Runs that somebody had. */
  readonly #taken = new Set<RunId>();
  /** Commits so far. */
  commits = 0;
  /** What the transaction in which a run ends does besides. Default: nothing. */
  onEnd: ((row: RunRow) => void) | undefined;
  /** Told of each try as it is stored. Default: nobody is. */
  onAttempt: ((row: RunRow, attempt: AttemptRow) => void) | undefined;

  /** The run's row when it is this owner's to act on; it is taken when it is free. Who has no owner row takes nothing. */
  take(header: RunHeader, owner: OwnerId): RunRow | null {
    const row = this.row(header);
    const isFree = row.owner === null || row.owner === owner || !this.alive.has(row.owner);
    if (!isFree || !this.alive.has(owner) || row.end !== null) return null;
    row.owner = owner;
    this.#taken.add(header.runId);
    return row;
  }

  row(header: RunHeader): RunRow {
    const known = this.runs.get(header.runId);
    if (known !== undefined) return known;
    const row: RunRow = {
      header,
      owner: null,
      status: 'running',
      waitsFor: null,
      end: null,
      reply: null,
      cancelRequested: false,
      pauseRequested: false,
      decisions: new Map(),
      losses: 0,
      attempts: new Map(),
      nodeRuns: new Map(),
    };
    this.runs.set(header.runId, row);
    return row;
  }

  /** Stores a decision once, as the `waits` table does; false when it was decided before, or the run has ended. */
  decide(runId: RunId, decision: StoredDecision): boolean {
    const row = this.runs.get(runId);
    if (row === undefined || row.end !== null || row.decisions.has(decision.token)) return false;
    row.decisions.set(decision.token, { ...decision, seq: null });
    return true;
  }

  /** The ledger rows of the runs that a run goes on with, the first run's first; what was not answered is unknown from now on. */
  closePredecessors(header: RunHeader): readonly (AttemptRow & OfChain)[] {
    return this.#chainOf(header).flatMap(({ attempts }, generation) => {
      for (const [key, row] of attempts) if (row.status === 'started') attempts.set(key, { ...row, status: 'unknown' });
      return [...attempts.values()].map((one) => ({ ...one, runIndex: one.keyIndex ?? one.runIndex, generation }));
    });
  }

  /**
   * Stores a flush; false when the run is not this owner's (then only answers to what was sent are kept), or a row stands otherwise than
   * whoever queued it knew. A run that was let go is not taken: only who opens it learns what happened meanwhile.
   */
  commit(header: RunHeader, owner: OwnerId, flush: Flush): boolean {
    this.commits += 1;
    const known = this.runs.get(header.runId);
    const isLetGo = known !== undefined && known.owner === null && this.#taken.has(header.runId);
    const row = flush.isOver === true || isLetGo ? null : this.take(header, owner);
    const isOurs = row !== null;
    const stored = flush.outcomes.filter((queued) => this.#outcome(this.row(header), { ...queued, owner, isOurs }));
    if (row === null) return false;
    for (const record of flush.nodeRuns) row.nodeRuns.set(`${record.nodeId}:${record.runIndex}`, record);
    for (const [token, seq] of flush.decided) {
      const decision = row.decisions.get(token);
      if (decision !== undefined) decision.seq ??= seq;
    }
    if (flush.reply !== null) row.reply ??= flush.reply;
    const isStarted = flush.started === null || this.#start(row, flush.started, owner);
    return isStarted && stored.length === flush.outcomes.length;
  }

  /** Stores a try. */
  put(row: RunRow, attempt: AttemptRow): void {
    row.attempts.set(attemptKey(attempt), attempt);
    this.onAttempt?.(row, attempt);
  }

  #chainOf({ resumes }: RunHeader): readonly RunRow[] {
    const before = resumes === undefined ? undefined : this.runs.get(resumes.runId);
    return before === undefined ? [] : [...this.#chainOf(before.header), before];
  }

  /** A try is one row, of one process. None is started once an earlier one was done: whoever wants to has not seen that answer. */
  #start(row: RunRow, started: StartedAttempt, owner: OwnerId): boolean {
    const known = row.attempts.get(attemptKey(started));
    if (known !== undefined && (known.owner !== owner || known.status !== 'started')) return false;
    if (isDone(row, started)) return false;
    this.put(row, { ...started, status: 'started', seq: 0, owner });
    return true;
  }

  /** Whether it was stored. */
  #outcome(row: RunRow, { outcome, settles, owner, isOurs }: Queued & { readonly owner: OwnerId; readonly isOurs: boolean }): boolean {
    const key = attemptKey(outcome);
    const known = row.attempts.get(key);
    const seq = isOurs ? outcome.seq : 0;
    if (settles !== undefined) {
      if (known?.owner !== settles.sentBy || known.status !== settles.expected) return false;
      // Whoever lost the run takes no number away.
      this.put(row, { ...known, ...outcome, seq: isOurs ? seq : known.seq, owner: settles.sentBy });
      return true;
    }
    if (!isOurs || (known !== undefined && (known.owner !== owner || (known.status !== 'started' && known.status !== outcome.status))))
      return false;
    this.put(row, { ...known, ...outcome, seq, owner });
    return true;
  }
}

/** Whether an earlier try of the same effect was done. */
export function isDone({ attempts }: RunRow, { nodeId, runIndex, itemIndex, attempt }: StartedAttempt): boolean {
  return [...attempts.values()].some(
    (one) =>
      one.status === 'done' && one.nodeId === nodeId && one.runIndex === runIndex && one.itemIndex === itemIndex && one.attempt < attempt,
  );
}

/** Primary key of a row within its run. */
export function attemptKey({
  nodeId,
  runIndex,
  itemIndex,
  attempt,
}: Pick<StartedAttempt, 'nodeId' | 'runIndex' | 'itemIndex' | 'attempt'>): string {
  return `${nodeId}:${runIndex}:${itemIndex}:${attempt}`;
}

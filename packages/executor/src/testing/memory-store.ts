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

/** What one flush wants to store. */
export interface Flush {
  readonly outcomes: readonly Outcome[];
  readonly nodeRuns: readonly NodeRunRecord[];
  /** Decisions that were taken, by token. */
  readonly decided: ReadonlyMap<string, number>;
  readonly reply: ReplyMessage | null;
  readonly started: StartedAttempt | null;
}

/** The shared database of the in-memory ledgers: rows of runs, and who is alive. Everything in it survives a process. */
export class MemoryStore {
  readonly runs = new Map<RunId, RunRow>();
  readonly alive = new Set<OwnerId>();
  /** Commits so far. */
  commits = 0;

  /** The run's row when it is this owner's to act on; it is taken when it is free. Who has no owner row takes nothing. */
  take(header: RunHeader, owner: OwnerId): RunRow | null {
    const row = this.row(header);
    const isFree = row.owner === null || row.owner === owner || !this.alive.has(row.owner);
    if (!isFree || !this.alive.has(owner) || row.end !== null) return null;
    row.owner = owner;
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

  /** Stores a flush; false when the run is not this owner's: then only answers to what it had sent itself are kept. */
  commit(header: RunHeader, owner: OwnerId, flush: Flush): boolean {
    this.commits += 1;
    const row = this.take(header, owner);
    for (const outcome of flush.outcomes) this.#outcome(this.row(header), { outcome, owner, isOurs: row !== null });
    if (row === null) return false;
    for (const record of flush.nodeRuns) row.nodeRuns.set(`${record.nodeId}:${record.runIndex}`, record);
    for (const [token, seq] of flush.decided) {
      const decision = row.decisions.get(token);
      if (decision !== undefined) decision.seq ??= seq;
    }
    if (flush.reply !== null) row.reply ??= flush.reply;
    if (flush.started !== null) row.attempts.set(attemptKey(flush.started), { ...flush.started, status: 'started', seq: 0, owner });
    return true;
  }

  #chainOf({ resumes }: RunHeader): readonly RunRow[] {
    const before = resumes === undefined ? undefined : this.runs.get(resumes.runId);
    return before === undefined ? [] : [...this.#chainOf(before.header), before];
  }

  #outcome(
    row: RunRow,
    { outcome, owner, isOurs }: { readonly outcome: Outcome; readonly owner: OwnerId; readonly isOurs: boolean },
  ): void {
    const key = attemptKey(outcome);
    const known = row.attempts.get(key);
    const isLate = known?.status === 'started' && known.owner === owner;
    if (!isOurs && !isLate) return;
    row.attempts.set(key, { ...known, ...outcome, seq: isOurs ? outcome.seq : 0, owner });
  }
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

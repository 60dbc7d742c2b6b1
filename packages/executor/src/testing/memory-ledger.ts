import { newId, TransientError, type OwnerId } from '@millwright/core';
import type {
  CallLedger,
  LedgerOpened,
  NodeRunRecord,
  OpenAttempt,
  Outcome,
  Predecessor,
  RemoteCall,
  ReplyMessage,
  RunHeader,
  RunLedger,
  StartedAttempt,
  StoredDecision,
} from '@millwright/workflow';
import { MemoryCalls } from './memory-calls.ts';
import type { AttemptRow, Flush, MemoryStore, RunRow } from './memory-store.ts';

/** One process that writes to the store. */
export interface MemoryProcess {
  readonly owner: OwnerId;
  readonly ledgerFor: (header: RunHeader) => RunLedger;
  readonly callsFor: (header: RunHeader, call: RemoteCall) => CallLedger;
  readonly isDead: () => boolean;
  /** Kills it: what is queued is lost, every later call fails, and its owner row is gone. */
  readonly die: () => void;
  /** Its lease has run out while it was frozen: it goes on, but others may take its runs. */
  readonly expire: () => void;
}

/** Where a process dies: at which commit, counted from 1, and whether that commit is stored. */
export interface Crash {
  readonly atCommit: number;
  readonly isStored: boolean;
}

/**
 * A process of its own on a store.
 * @param crash when it dies by itself
 */
export function startMemoryProcess(store: MemoryStore, crash?: Crash): MemoryProcess {
  const owner = newId('owner');
  const process = { owner, isDead: false, commits: 0, crash };
  store.alive.add(owner);
  const expire = (): void => void store.alive.delete(owner);
  return {
    owner,
    expire,
    isDead: () => process.isDead,
    die: () => {
      process.isDead = true;
      expire();
    },
    ledgerFor: (header) => new MemoryLedger(store, process, header),
    callsFor: (header, call) =>
      new MemoryCalls(
        store,
        { owner, isAlive: () => !process.isDead, commit: (write) => commitOf(store, process, write) },
        { header, call },
      ),
  };
}

interface ProcessState {
  readonly owner: OwnerId;
  readonly crash: Crash | undefined;
  isDead: boolean;
  commits: number;
}

/** One commit beside the ledger; the process may die of it. */
async function commitOf(store: MemoryStore, process: ProcessState, write: () => boolean): Promise<boolean> {
  const dead = new TransientError({ code: 'database_unavailable', message: 'the process is dead' });
  if (process.isDead) throw dead;
  store.commits += 1;
  process.commits += 1;
  const { crash, commits, owner } = process;
  const isFatal = crash?.atCommit === commits;
  await Promise.resolve();
  const isWritten = (!isFatal || crash.isStored) && write();
  if (!isFatal) return isWritten;
  process.isDead = true;
  store.alive.delete(owner);
  throw dead;
}

class MemoryLedger implements RunLedger {
  readonly #store: MemoryStore;
  readonly #process: ProcessState;
  readonly #header: RunHeader;
  #outcomes: Outcome[] = [];
  #nodeRuns = new Map<string, NodeRunRecord>();
  #decided = new Map<string, number>();
  #reply: ReplyMessage | null = null;
  #timer: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(store: MemoryStore, process: ProcessState, header: RunHeader) {
    this.#store = store;
    this.#process = process;
    this.#header = header;
  }

  readonly open = async (afterSeq: number): Promise<LedgerOpened> => {
    this.#assertAlive();
    const isOurs = this.#store.take(this.#header, this.#process.owner) !== null;
    const row = this.#store.row(this.#header);
    const rows = structuredClone([...row.attempts.values()]);
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
    const rows = structuredClone(this.#store.closePredecessors(this.#header)).toSorted((a, b) => a.attempt - b.attempt);
    const isAnswered = (row: AttemptRow): boolean =>
      rows.some((one) => isSameKey(one, row) && one.attempt > row.attempt && (one.status === 'done' || one.status === 'failed'));
    return {
      outcomes: rows.flatMap((one) => (one.seq > 0 || one.status !== 'unknown' ? { ...toOutcome(one), generation: one.generation } : [])),
      open: rows.flatMap((one) => (isAnswered(one) ? [] : toOpen(one, []).map((sent) => ({ ...sent, generation: one.generation })))),
    };
  };

  readonly record = (outcome: Outcome): void => {
    this.#outcomes.push(structuredClone(outcome));
    this.#later(5);
  };

  readonly nodeRun = (record: NodeRunRecord): void => {
    this.#nodeRuns.set(`${record.nodeId}:${record.runIndex}`, structuredClone(record));
    this.#later(200);
  };

  readonly decisions = async (): Promise<readonly StoredDecision[]> => {
    this.#assertAlive();
    return openDecisions(this.#store.row(this.#header)).decisions ?? [];
  };

  readonly decided = (token: string, seq: number): void => {
    this.#decided.set(token, seq);
    this.#later(5);
  };

  readonly reply = (message: ReplyMessage): void => {
    this.#reply = message;
  };

  readonly start = async (attempt: StartedAttempt): Promise<boolean> => this.#commit(attempt);

  readonly flush = async (): Promise<boolean> => this.#commit(null);

  readonly close: RunLedger['close'] = async (end) => {
    const row = this.#store.row(this.#header);
    const before = row.end?.status;
    const isOurs = await this.#commit(null, (own) => apply(own, end));
    if (isOurs) return 'stored';
    return before ?? 'notOurs';
  };

  /** A run's rows are in one flush at a time: what is stored is a prefix of what was queued. */
  #commit(started: StartedAttempt | null, also?: (row: RunRow) => void): Promise<boolean> {
    const turn = this.#last.then(() => this.#flush(started, also));
    this.#last = turn.catch(() => false);
    return turn;
  }

  readonly abandon = (): void => {
    void this.#commit(null, (row) => {
      row.owner = null;
    }).catch(() => undefined);
  };

  async #flush(started: StartedAttempt | null, also?: (row: RunRow) => void): Promise<boolean> {
    this.#assertAlive();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const flush: Flush = {
      outcomes: this.#outcomes,
      nodeRuns: [...this.#nodeRuns.values()],
      decided: this.#decided,
      reply: this.#reply,
      started,
    };
    this.#decided = new Map();
    this.#outcomes = [];
    this.#nodeRuns = new Map();
    this.#reply = null;
    this.#process.commits += 1;
    const { crash, commits, owner } = this.#process;
    const isFatal = crash?.atCommit === commits;
    await Promise.resolve();
    let isOurs = false;
    if (!isFatal || crash.isStored) {
      isOurs = this.#store.commit(this.#header, owner, flush);
      if (isOurs) also?.(this.#store.row(this.#header));
    }
    if (isFatal) {
      this.#process.isDead = true;
      this.#store.alive.delete(owner);
      this.#assertAlive();
    }
    return isOurs;
  }

  #later(ms: number): void {
    this.#timer ??= setTimeout(() => void this.flush().catch(() => undefined), ms).unref();
  }

  #assertAlive(): void {
    if (this.#process.isDead) throw new TransientError({ code: 'database_unavailable', message: 'the process is dead' });
  }
}

/** Decisions that nothing has taken. */
function openDecisions(row: RunRow): Pick<LedgerOpened, 'decisions'> {
  const open = [...row.decisions.values()].filter((one) => one.seq === null).map(({ seq: _seq, ...decision }) => structuredClone(decision));
  return open.length === 0 ? {} : { decisions: open };
}

function apply(row: RunRow, end: Parameters<RunLedger['close']>[0]): void {
  row.owner = null;
  if ('ended' in end) {
    row.end = structuredClone(end.ended);
    row.status = end.ended.status;
    row.waitsFor = null;
    if (row.header.save === 'failures' && end.ended.status === 'succeeded') wipe(row);
    return;
  }
  row.status = 'waiting' in end ? 'waiting' : 'running';
  row.waitsFor = 'waiting' in end ? end.waiting.waitsFor : null;
}

/** Takes the data out of node runs; counts stay. */
function wipe(row: RunRow): void {
  const bare = (refs: NodeRunRecord['inputs']): NodeRunRecord['inputs'] =>
    Object.fromEntries(Object.entries(refs).map(([port, { id, count, sizeBytes }]) => [port, { id, count, sizeBytes }]));
  for (const [key, record] of row.nodeRuns)
    row.nodeRuns.set(key, { ...record, inputs: bare(record.inputs), outputs: bare(record.outputs) });
}

function toOutcome({ owner: _owner, requestHash: _hash, ...row }: AttemptRow): Outcome {
  return { ...row, status: row.status === 'started' ? 'unknown' : row.status, finishedAtMs: row.finishedAtMs ?? row.startedAtMs };
}

function isSameKey(one: AttemptRow, row: AttemptRow): boolean {
  return one.nodeId === row.nodeId && one.runIndex === row.runIndex && one.itemIndex === row.itemIndex;
}

/** A row whose answer nobody knows, unless a later try of the same key was answered. */
function toOpen(row: AttemptRow, rows: readonly AttemptRow[]): OpenAttempt[] {
  if (row.requestHash === undefined || (row.status !== 'started' && row.status !== 'unknown')) return [];
  const { seq: _seq, response: _response, timeMs: _timeMs, ...sent } = row;
  const isSettled = rows.some((one) => isSameKey(one, row) && one.status === 'done');
  return isSettled ? [] : [{ ...sent, status: row.status, requestHash: row.requestHash }];
}

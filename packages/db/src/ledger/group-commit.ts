import type { Pool } from 'pg';
import { InvariantError, type Clock } from '@millwright/core';
import { isEnded, type RunError, type RunStatus } from '@millwright/workflow/states';
import { asDatabaseError, databaseCode, isDatabaseAway } from '../errors.ts';
import type { DatabaseLog } from '../log.ts';
import { poolQuery } from '../queryable.ts';
import { expectedRows, runFlush, type FlushResult } from './flush-statement.ts';
import { RUNNING } from './rows.ts';
import type { FlushPart, RunBuffer } from './run-buffer.ts';

/** What the group commit needs. */
export interface GroupCommitPorts {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly log: DatabaseLog;
}

/** Flushes on their way at once, where the first is slow. */
const IN_FLIGHT = 2;
/** A flush that takes longer has met a lock or a slow disk: those who come after it do not wait for it. */
const SLOW_MS = 50;
/** Runs in one flush. */
const MAX_RUNS = 256;
/** How long queued rows that nobody waits for stay when Postgres was away. */
const RETRY_MS = 500;
/** Times that one flush is tried again after a deadlock or a missing partition. */
const MAX_TRIES = 4;

/** What a run fails with when Postgres refuses its rows even alone. */
const REFUSED: RunError = {
  code: 'ledger_refused',
  message: 'Postgres refused the data of this run; what it did is stored without it.',
  hint: 'Look at what the last step received or gave: something in it cannot be stored.',
  reason: 'error',
};

/**
 * Collects the rows of all runs of the process and stores them together: the next flush leaves as soon as one came back.
 * A second one beside it leaves only where the first is slow: two that share the work cost more than one that does it all.
 * A run is in one flush at a time, so that what is stored of it is a prefix.
 */
export class GroupCommit {
  readonly #ports: GroupCommitPorts;
  readonly #due = new Set<RunBuffer>();
  /** What could not be stored while Postgres was away. */
  readonly #postponed = new Set<RunBuffer>();
  #onTheirWay = 0;
  /** Those on their way that are slow. */
  #slow = 0;
  #scheduled = false;
  /** Flushes and the runs in them so far, for metrics. */
  readonly counts = { flushes: 0, runs: 0 };

  constructor(ports: GroupCommitPorts) {
    this.#ports = ports;
  }

  /** Has a buffer flushed after a delay at the latest; 0: with the next flush. */
  enqueue(buffer: RunBuffer, withinMs: number): void {
    if (withinMs === 0) {
      this.#clearTimer(buffer);
      this.#due.add(buffer);
      this.#schedule();
      return;
    }
    const atMs = this.#ports.clock.monotonicMs() + withinMs;
    if (buffer.timer !== null && buffer.timerAtMs <= atMs) return;
    this.#clearTimer(buffer);
    buffer.timerAtMs = atMs;
    buffer.timer = setTimeout(() => {
      buffer.timer = null;
      this.enqueue(buffer, 0);
    }, withinMs);
  }

  /**
   * Stores what earlier segments of a run have left from a time without Postgres, so that the next one knows of every answer.
   * @throws TransientError while Postgres is away
   */
  async storeLeft(runId: string): Promise<void> {
    for (const buffer of [...this.#postponed].filter((one) => one.header.runId === runId)) {
      await buffer.inFlight;
      if (!buffer.hasRows) continue;
      await new Promise((resolve, reject) => {
        buffer.addWaiter({ row: null, resolve, reject });
        this.enqueue(buffer, 0);
      });
    }
  }

  /** Waits until nothing is due or on its way. */
  async drain(): Promise<void> {
    while (this.#onTheirWay > 0 || this.#scheduled || this.#due.size > 0)
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
  }

  #clearTimer(buffer: RunBuffer): void {
    if (buffer.timer !== null) clearTimeout(buffer.timer);
    buffer.timer = null;
  }

  #schedule(): void {
    if (this.#scheduled || !this.#mayLeave()) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#pump();
    });
  }

  #mayLeave(): boolean {
    return this.#onTheirWay === this.#slow && this.#onTheirWay < IN_FLIGHT;
  }

  #pump(): void {
    while (this.#mayLeave()) {
      const batch = this.#nextBatch();
      if (batch.length === 0) return;
      this.#onTheirWay += 1;
      const parts = batch.map((buffer) => buffer.take());
      const isBack = this.#watch();
      const flight = this.#flush(parts).finally(() => {
        this.#onTheirWay -= 1;
        isBack();
        for (const buffer of batch) buffer.inFlight = null;
        this.#pump();
      });
      for (const buffer of batch) {
        this.#clearTimer(buffer);
        buffer.inFlight = flight;
      }
    }
  }

  /** Lets another flush leave when this one is slow. @returns to be called when it is back */
  #watch(): () => void {
    let isSlow = false;
    const timer = setTimeout(() => {
      isSlow = true;
      this.#slow += 1;
      this.#pump();
    }, SLOW_MS);
    return () => {
      clearTimeout(timer);
      if (isSlow) this.#slow -= 1;
    };
  }

  /** All of one incarnation, so that the statement has one owner. */
  #nextBatch(): readonly RunBuffer[] {
    const batch: RunBuffer[] = [];
    for (const buffer of this.#due) {
      if (buffer.inFlight !== null || (batch[0] !== undefined && batch[0].owner !== buffer.owner)) continue;
      this.#due.delete(buffer);
      if (!buffer.isEmpty || (buffer.gaveUp && !buffer.dead)) batch.push(buffer);
      if (batch.length === MAX_RUNS) break;
    }
    return batch;
  }

  /** Never rejects: whoever waits is told. */
  async #flush(parts: readonly FlushPart[]): Promise<void> {
    const [first] = parts;
    if (first === undefined) return;
    try {
      const result = await this.#store(parts);
      for (const part of parts) this.#postponed.delete(part.buffer);
      for (const part of parts) await this.#settle(part, result);
    } catch (thrown) {
      if (isDatabaseAway(thrown)) for (const part of parts) this.#postpone(part, asDatabaseError(thrown));
      else if (parts.length === 1) await this.#storeAlone(first, thrown);
      else {
        const half = Math.ceil(parts.length / 2);
        await this.#flush(parts.slice(0, half));
        await this.#flush(parts.slice(half));
      }
    }
  }

  async #store(parts: readonly FlushPart[], tries = 1): Promise<FlushResult> {
    const owner = parts[0]?.buffer.owner ?? '';
    const sending = parts.filter((part) => part.fenced || part.settles.size > 0);
    if (sending.length === 0) return { mine: new Set(), stored: new Set() };
    try {
      const result = await runFlush(this.#ports.pool, owner, sending);
      this.counts.flushes += 1;
      this.counts.runs += sending.length;
      return result;
    } catch (thrown) {
      if (tries >= MAX_TRIES) throw thrown;
      const code = databaseCode(thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown);
      if (code === '23514' && isMissingPartition(thrown)) {
        const days = new Set(parts.map((part) => part.buffer.header.originDay));
        for (const day of days) await poolQuery(this.#ports.pool)('select ensure_attempts_partition($1::date)', [day]);
      } else if (code !== '40P01' && code !== '40001') throw thrown;
      return this.#store(parts, tries + 1);
    }
  }

  async #settle(part: FlushPart, result: FlushResult): Promise<void> {
    const { buffer } = part;
    const { runId } = buffer.header;
    const mine = part.fenced && !buffer.dead && result.mine.has(runId);
    const inStep = mine && expectedRows(part).every((name) => result.stored.has(name));
    if (!inStep || buffer.gaveUp) buffer.die();
    buffer.isRowRunning = mine && part.standing === RUNNING;
    if (inStep) {
      for (const waiter of part.waiters) waiter.resolve(true);
      return;
    }
    const ended = part.waiters.length === 0 ? undefined : await this.#endedStatus(buffer);
    for (const waiter of part.waiters) waiter.resolve(false, ended);
  }

  async #endedStatus(buffer: RunBuffer): Promise<RunStatus | undefined> {
    const { workspaceId, runId } = buffer.header;
    try {
      const result = await poolQuery(this.#ports.pool)<{ status: RunStatus }>(
        'select status from runs where workspace_id = $1 and run_id = $2',
        [workspaceId, runId],
        'run_status',
      );
      const status = result.rows[0]?.status;
      return status !== undefined && isEnded(status) ? status : undefined;
    } catch {
      return undefined;
    }
  }

  #postpone(part: FlushPart, error: unknown): void {
    const { buffer } = part;
    buffer.putBack(part);
    for (const waiter of part.waiters) waiter.reject(error);
    if (!buffer.hasRows && (buffer.dead || !buffer.gaveUp)) return;
    this.#postponed.add(buffer);
    this.enqueue(buffer, RETRY_MS);
  }

  /** A run whose rows are refused even alone: its facts are stored without payloads, and it fails. */
  async #storeAlone(part: FlushPart, thrown: unknown): Promise<void> {
    const { header } = part.buffer;
    this.#ports.log.error(
      { err: thrown, workspaceId: header.workspaceId, runId: header.runId },
      'Postgres refused the rows of a run; it fails',
    );
    const nowMs = this.#ports.clock.nowMs();
    for (const bare of [withoutPayloads(part, nowMs), withoutRows(part, nowMs)]) {
      try {
        await this.#store([bare]);
        this.#postponed.delete(part.buffer);
        part.buffer.die();
        for (const waiter of part.waiters) waiter.resolve(false, 'failed');
        return;
      } catch (again) {
        if (!isDatabaseAway(again)) continue;
        this.#postpone(part, asDatabaseError(again));
        return;
      }
    }
    this.#postponed.delete(part.buffer);
    part.buffer.die();
    const error = new InvariantError({ code: 'ledger_refused', message: 'Postgres refused the row of a run', cause: thrown });
    for (const waiter of part.waiters) waiter.reject(error);
  }
}

function isMissingPartition(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.message.includes('no partition of relation');
}

/** What happened, without what it gave. */
function withoutPayloads(part: FlushPart, nowMs: number): FlushPart {
  const bareRow = { response: undefined, error: undefined };
  return {
    ...withoutRows(part, nowMs),
    inserts: new Map([...part.inserts].filter(([, row]) => row.status !== 'started').map(([name, row]) => [name, { ...row, ...bareRow }])),
    settles: new Map([...part.settles].map(([name, row]) => [name, { ...row, ...bareRow }])),
    nodeRuns: new Map([...part.nodeRuns].map(([name, { error: _error, ...record }]) => [name, { ...record, inputs: {}, outputs: {} }])),
  };
}

/** Only that the run failed. */
function withoutRows(part: FlushPart, nowMs: number): FlushPart {
  return {
    ...part,
    inserts: new Map(),
    settles: new Map(),
    nodeRuns: new Map(),
    decisions: new Map(),
    reply: null,
    standing: {
      status: 'failed',
      waitsFor: null,
      end: { status: 'failed', reason: 'error', error: REFUSED, finishedAtMs: nowMs },
      release: true,
    },
  };
}

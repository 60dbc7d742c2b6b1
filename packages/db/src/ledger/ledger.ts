import type { Pool } from 'pg';
import { systemClock, type Clock, type OwnerId, type RunId } from '@millwright/core';
import type { CallLedger, RemoteCall, RunHeader } from '@millwright/workflow';
import type { Listen } from '../listen.ts';
import { silentLog, type DatabaseLog } from '../log.ts';
import { poolQuery, type Queryable } from '../queryable.ts';
import { CallLedgers } from './call-ledger.ts';
import { Cancels, type LedgerCancels } from './cancels.ts';
import { GroupCommit } from './group-commit.ts';
import { News, type LedgerNews } from './news.ts';
import { openRun, readDecisions, readLosses, type LeftLosses } from './open-run.ts';
import { Owner } from './owner.ts';
import { readPredecessor } from './predecessor.ts';
import { ledgerRunId } from './rows.ts';
import { RunBuffer } from './run-buffer.ts';
import { createRunLedger, type PgRunLedger } from './run-ledger.ts';

export type { LedgerCancels } from './cancels.ts';
export type { PgRunLedger } from './run-ledger.ts';

/** What a ledger is made of. */
export interface LedgerOptions {
  /** `database.executor.pool`. */
  readonly pool: Pool;
  /** `database.listen`: cancels arrive at once; without it within 500 ms. */
  readonly listen?: Listen;
  /** First incarnation; default a new id. */
  readonly ownerId?: OwnerId;
  /** Runs that are left to a process of their own. Default: all are taken. */
  readonly leaves?: LeftLosses;
  /** Default the machine's. */
  readonly clock?: Clock;
  readonly log?: DatabaseLog;
}

/** The effect ledger of one process: one group commit, one lease. */
export interface Ledger {
  /** The ledger of one segment of one run. An earlier one of the same run in this process stops being able to write. */
  readonly forRun: (header: RunHeader) => PgRunLedger;
  /** The ledger as one remote call sees it, beside whichever process has the run. */
  readonly callsFor: (header: RunHeader, call: RemoteCall) => CallLedger;
  /** Takes the lease; before it nothing can be stored. @throws TransientError `database_unavailable` */
  readonly startOwner: () => Promise<void>;
  /** Stores what is queued and gives the lease back. Call it when no segment is open any more. */
  readonly stopOwner: () => Promise<void>;
  /** Called when the lease was lost: every open segment must stop. @returns stops that */
  readonly onLost: (callback: () => void) => () => void;
  readonly cancels: LedgerCancels;
  readonly news: LedgerNews;
  /** Pauses asked for (`run_pause`) while a segment is open. */
  readonly pauses: { readonly onPause: (runId: RunId, callback: () => void) => () => void };
  /** This incarnation. */
  readonly ownerId: () => OwnerId;
  /** Renews the lease once and reaps; the timer does it every 3 s. @throws TransientError */
  readonly renew: () => Promise<void>;
  /** In how many dead processes' lists a run was found open; three are poison. @throws TransientError */
  readonly losses: (runId: RunId) => Promise<number>;
  /** Whether no process died with runs open for ten minutes, as far as this one can know; false for its first 20 s. */
  readonly isCalm: () => boolean;
  /** Whether a run of this plan killed each process that took it, within an hour: the next one may, too. Looked up every 3 s. */
  readonly isGuilty: (planHash: string) => boolean;
  /** Flushes so far, and the runs that were in them. */
  readonly counts: { readonly flushes: number; readonly runs: number };
}

/** A segment that neither closed nor was abandoned in this time has no caller any more: Temporal gives it 12 minutes. */
const FORGOTTEN_MS = 13 * 60_000;

/** Makes the ledger of this process. Nothing happens before `startOwner`. */
export function createLedger(options: LedgerOptions): Ledger {
  return new ProcessLedger(options);
}

class ProcessLedger implements Ledger {
  readonly cancels: Cancels;
  readonly news = new News();
  readonly #pauses: Cancels;
  readonly counts: Ledger['counts'];
  readonly #pool: Pool;
  readonly #query: Queryable['query'];
  readonly #clock: Clock;
  readonly #log: DatabaseLog;
  readonly #listen: Listen | undefined;
  readonly #leaves: LeftLosses | undefined;
  readonly #commit: GroupCommit;
  readonly #owner: Owner;
  readonly #callLedgers: CallLedgers;
  readonly #open = new Map<string, RunBuffer>();
  /** Given up, and not dead before their last flush: a next segment must not meet it. */
  readonly #leaving = new Map<string, RunBuffer>();
  readonly #lostCallbacks = new Set<() => void>();
  #forgottenTimer: NodeJS.Timeout | null = null;

  constructor(options: LedgerOptions) {
    this.#pool = options.pool;
    this.#query = poolQuery(options.pool);
    this.#clock = options.clock ?? systemClock;
    this.#log = options.log ?? silentLog;
    this.#listen = options.listen;
    this.#leaves = options.leaves;
    const ports = { pool: options.pool, clock: this.#clock, log: this.#log };
    this.#commit = new GroupCommit(ports);
    this.counts = this.#commit.counts;
    this.#owner = new Owner(
      {
        ...ports,
        poisonLosses: options.leaves?.below,
        onLost: () => {
          this.#lose();
        },
      },
      options.ownerId,
    );
    const open = { has: (runId: string) => this.#open.has(runId), all: () => [...this.#open.keys()] };
    const owner = this.#owner;
    this.#callLedgers = new CallLedgers({
      pool: options.pool,
      ownerId: () => owner.id,
      canSend: () => owner.canSend(),
      callOpened: async (runId) => owner.callOpened(runId),
      callClosed: (runId) => {
        owner.callClosed(runId);
      },
    });
    this.cancels = new Cancels(this.#query, { channel: 'run_cancel', column: 'cancel_at' }, open);
    this.#pauses = new Cancels(this.#query, { channel: 'run_pause', column: 'pause_at' }, open);
  }

  readonly forRun = (header: RunHeader): PgRunLedger => {
    const before = this.#open.get(header.runId) ?? this.#leaving.get(header.runId);
    before?.die();
    if (before !== undefined) this.#close(before);
    this.#leaving.delete(header.runId);
    const buffer = new RunBuffer(header, this.#owner.id, this.#clock.monotonicMs());
    this.#open.set(header.runId, buffer);
    this.#owner.opened(header.runId);
    return createRunLedger(buffer, {
      commit: this.#commit,
      canSend: () => this.#owner.canSend(),
      nowMs: this.#clock.nowMs,
      onClosed: (closed) => {
        this.#close(closed);
      },
      openRun: async (opening, afterSeq) => {
        await before?.inFlight;
        await this.#commit.storeLeft(header.runId);
        const opened = await openRun({ pool: this.#pool, leaves: this.#leavesOf(header) }, opening, afterSeq);
        if (this.#leaves !== undefined && opened.losses >= this.#leaves.below) this.#owner.foundGuilty(header.planHash);
        if (opened.ended !== null) this.#close(opening);
        else if (opened.cancelRequested) this.cancels.mark(header.runId);
        return opened;
      },
      predecessor: async () => readPredecessor(this.#pool, header),
      decisions: () => readDecisions(this.#query, header),
      wipe: async (of) =>
        wipe(this.#query, of).catch((error: unknown) => {
          this.#log.warn({ err: error, runId: of.runId }, 'data that should not be kept could not be wiped');
        }),
    });
  };

  readonly pauses: Ledger['pauses'] = { onPause: (runId, callback) => this.#pauses.onCancel(runId, callback) };

  readonly callsFor = (header: RunHeader, call: RemoteCall): CallLedger => this.#callLedgers.callsFor(header, call);

  readonly startOwner = async (): Promise<void> => {
    await this.#owner.start();
    this.cancels.start(this.#listen);
    this.#pauses.start(this.#listen);
    this.news.start(this.#listen);
    this.#forgottenTimer = setInterval(() => {
      this.#freeForgotten();
    }, 60_000);
    this.#forgottenTimer.unref();
  };

  readonly stopOwner = async (): Promise<void> => {
    this.cancels.stop();
    this.#pauses.stop();
    this.news.stop();
    if (this.#forgottenTimer !== null) clearInterval(this.#forgottenTimer);
    await this.#commit.drain();
    await this.#owner.stop();
  };

  readonly onLost = (callback: () => void): (() => void) => {
    this.#lostCallbacks.add(callback);
    return () => {
      this.#lostCallbacks.delete(callback);
    };
  };

  readonly ownerId = (): OwnerId => this.#owner.id;

  readonly renew = async (): Promise<void> => this.#owner.renew();

  readonly isCalm = (): boolean => this.#owner.isCalm();

  readonly isGuilty = (planHash: string): boolean => this.#owner.isGuilty(planHash);

  readonly losses = async (runId: RunId): Promise<number> => readLosses(this.#query, runId);

  /** Of a guilty plan every run is left, until it is to fail. */
  #leavesOf({ planHash }: RunHeader): LeftLosses | undefined {
    return this.#leaves !== undefined && this.isGuilty(planHash) ? { ...this.#leaves, from: 0 } : this.#leaves;
  }

  #close(buffer: RunBuffer): void {
    const { runId } = buffer.header;
    if (this.#open.get(runId) !== buffer) return;
    this.#open.delete(runId);
    if (!buffer.dead) this.#leaving.set(runId, buffer);
    this.#owner.closed(runId);
    this.cancels.forget(runId);
    this.#pauses.forget(runId);
  }

  #freeForgotten(): void {
    const before = this.#clock.monotonicMs() - FORGOTTEN_MS;
    for (const [runId, buffer] of this.#leaving) if (buffer.dead) this.#leaving.delete(runId);
    for (const buffer of [...this.#open.values()].filter((one) => one.dead || one.openedAtMs < before)) {
      if (!buffer.dead) buffer.giveUp();
      this.#close(buffer);
      this.#commit.enqueue(buffer, 0);
    }
  }

  #lose(): void {
    for (const buffer of this.#open.values()) buffer.die();
    this.#open.clear();
    for (const callback of this.#lostCallbacks) callback();
  }
}

/** The facts stay: status, times, counts. */
async function wipe(query: Queryable['query'], header: RunHeader): Promise<void> {
  const key = [header.workspaceId, header.runId];
  await query(
    'update node_runs set inputs = null, outputs = null where workspace_id = $1 and run_id = $2 and (inputs is not null or outputs is not null)',
    key,
  );
  await query(
    `update attempts set response = null where workspace_id = $1 and origin_day = $3::date and key >= $4 || ':' and key < $4 || ';' and run_id = $2 and response is not null`,
    [...key, header.originDay, ledgerRunId(header)],
  );
}

import type { Pool } from 'pg';
import { systemClock, type Clock, type OwnerId, type RunId } from '@millwright/core';
import type { RunHeader } from '@millwright/workflow';
import type { Listen } from '../listen.ts';
import { silentLog, type DatabaseLog } from '../log.ts';
import { poolQuery, type Queryable } from '../queryable.ts';
import { Cancels, type LedgerCancels } from './cancels.ts';
import { GroupCommit } from './group-commit.ts';
import { openRun } from './open-run.ts';
import { Owner } from './owner.ts';
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
  /** Default the machine's. */
  readonly clock?: Clock;
  readonly log?: DatabaseLog;
}

/** The effect ledger of one process: one group commit, one lease. */
export interface Ledger {
  /** The ledger of one segment of one run. An earlier one of the same run in this process stops being able to write. */
  readonly forRun: (header: RunHeader) => PgRunLedger;
  /** Takes the lease; before it nothing can be stored. @throws TransientError `database_unavailable` */
  readonly startOwner: () => Promise<void>;
  /** Stores what is queued and gives the lease back. Call it when no segment is open any more. */
  readonly stopOwner: () => Promise<void>;
  /** Called when the lease was lost: every open segment must stop. @returns stops that */
  readonly onLost: (callback: () => void) => () => void;
  readonly cancels: LedgerCancels;
  /** This incarnation. */
  readonly ownerId: () => OwnerId;
  /** Renews the lease once and reaps; the timer does it every 3 s. @throws TransientError */
  readonly renew: () => Promise<void>;
  /** In how many dead processes' lists a run was found open; three are poison. @throws TransientError */
  readonly losses: (runId: RunId) => Promise<number>;
  /** Flushes so far, and the runs that were in them. */
  readonly counts: { readonly flushes: number; readonly runs: number };
}

/** Makes the ledger of this process. Nothing happens before `startOwner`. */
export function createLedger(options: LedgerOptions): Ledger {
  const clock = options.clock ?? systemClock;
  const log = options.log ?? silentLog;
  const { pool } = options;
  const query = poolQuery(pool);
  const commit = new GroupCommit({ pool, clock, log });
  const open = new Map<string, RunBuffer>();
  const lostCallbacks = new Set<() => void>();
  const owner = new Owner({
    pool, clock, log,
    onLost: () => {
      for (const buffer of open.values()) buffer.die();
      open.clear();
      for (const callback of lostCallbacks) callback();
    },
  }, options.ownerId);
  const cancels = new Cancels(query, () => owner.openRuns);

  const onClosed = (buffer: RunBuffer): void => {
    const { runId } = buffer.header;
    if (open.get(runId) !== buffer) return;
    open.delete(runId);
    owner.closed(runId);
    cancels.forget(runId);
  };

  const forRun = (header: RunHeader): PgRunLedger => {
    const before = open.get(header.runId);
    if (before !== undefined) {
      before.die();
      onClosed(before);
    }
    const buffer = new RunBuffer(header, owner.id);
    open.set(header.runId, buffer);
    owner.opened(header.runId);
    return createRunLedger(buffer, {
      commit,
      canSend: () => owner.canSend(),
      nowMs: clock.nowMs,
      onClosed,
      openRun: async (opening, afterSeq) => {
        await before?.inFlight;
        const opened = await openRun(pool, opening, afterSeq);
        if (opened.ended !== null) onClosed(opening);
        else if (opened.cancelRequested) cancels.mark(header.runId);
        return opened;
      },
      wipe: async (of) => wipe(query, of).catch((error: unknown) => { log.warn({ err: error, runId: of.runId }, 'data that should not be kept could not be wiped'); }),
    });
  };

  return {
    forRun,
    cancels,
    counts: commit.counts,
    startOwner: async () => {
      await owner.start();
      cancels.start(options.listen);
    },
    stopOwner: async () => {
      cancels.stop();
      await commit.drain();
      await owner.stop();
    },
    onLost: (callback) => {
      lostCallbacks.add(callback);
      return () => { lostCallbacks.delete(callback); };
    },
    ownerId: () => owner.id,
    renew: async () => owner.renew(),
    losses: async (runId) => (await query<{ losses: number }>('select losses from run_losses where run_id = $1', [runId])).rows[0]?.losses ?? 0,
  };
}

/** The facts stay: status, times, counts. */
async function wipe(query: Queryable['query'], header: RunHeader): Promise<void> {
  const key = [header.workspaceId, header.runId];
  await query('update node_runs set inputs = null, outputs = null where workspace_id = $1 and run_id = $2 and (inputs is not null or outputs is not null)', key);
  await query(
    `update attempts set response = null where workspace_id = $1 and origin_day = $3::date and key >= $2 || ':' and key < $2 || ';' and response is not null`,
    [...key, header.originDay],
  );
}

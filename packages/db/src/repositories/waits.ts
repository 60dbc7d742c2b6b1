import type { JsonObject, RunId } from '@millwright/core';
import { isEnded, type RunStatus } from '@millwright/workflow/states';
import type { WaitKind } from '@millwright/workflow';
import { firstOf, type ExecutorDb, type TenantTx } from '../queryable.ts';

/** What a decision is about. */
export interface WaitKey {
  readonly runId: RunId;
  readonly nodeId: string;
  readonly runIndex: number;
  readonly kind: WaitKind;
  /** −1: the node run as a whole. */
  readonly itemIndex: number;
  /** Try that it is about; 0: whichever. */
  readonly attempt: number;
}

/** How a decision was met: only `decided` changed anything. */
export type Decided = 'decided' | 'alreadyDecided' | 'notWaiting' | 'runEnded';

/** Name of a decision's row; what is decided twice has one name. The trigger `run_ended` builds the same. */
export function token({ runId, nodeId, runIndex, kind, itemIndex, attempt }: WaitKey): string {
  return [runId, nodeId, runIndex, kind, itemIndex, attempt].join(':');
}

/** A decision to store. */
export interface DecisionRequest {
  readonly runId: RunId;
  readonly nodeId: string;
  readonly runIndex: number;
  readonly kind: WaitKind;
  /** `outcome`: `{ answer: 'done' | 'notDone' | 'sendAgain' | 'sendAgainAsNew', response? }`; `retry`: `{ now: true }`; `credential`: `{ reconnected: true }`. */
  readonly decision: JsonObject;
  /** Person who decided. */
  readonly by: string | null;
  /** Which item's lost answer or held call. Absent: every one that the node run asks about. */
  readonly itemIndex?: number;
}

/**
 * Stores what was decided about a node run, once. The caller wakes the run afterwards; the sweeper does when it cannot.
 * @returns `notWaiting`: the node run waits for nothing of this kind; `runEnded`: there is no such open run
 */
export async function decide(tx: TenantTx, request: DecisionRequest): Promise<Decided> {
  const { runId, nodeId, runIndex, kind } = request;
  const run = firstOf(
    await tx.query<{ status: RunStatus }>('select status from runs where workspace_id = $1 and run_id = $2', [tx.workspaceId, runId]),
  );
  if (run === null || isEnded(run.status)) return 'runEnded';
  const about = await subjects(tx, request);
  if (about.length === 0) return (await wasDecided(tx, request)) ? 'alreadyDecided' : 'notWaiting';
  let stored = 0;
  for (const { itemIndex, attempt } of about) {
    const result = await tx.query(
      `insert into waits as w (workspace_id, token, run_id, node_id, run_index, item_index, attempt, kind, decision, decided_by, decided_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9::json, $10, now())
       on conflict (workspace_id, token) do update set decision = excluded.decision, decided_by = excluded.decided_by, decided_at = excluded.decided_at
       where w.decision is null returning 1`,
      [
        tx.workspaceId,
        token({ runId, nodeId, runIndex, kind, itemIndex, attempt }),
        runId,
        nodeId,
        runIndex,
        itemIndex,
        attempt,
        kind,
        JSON.stringify(request.decision),
        request.by,
      ],
    );
    stored += result.count;
  }
  return stored > 0 ? 'decided' : 'alreadyDecided';
}

interface Subject {
  readonly itemIndex: number;
  readonly attempt: number;
}

/** What a decision of this kind may be about right now. */
async function subjects(tx: TenantTx, request: DecisionRequest): Promise<readonly Subject[]> {
  const { runId, nodeId, runIndex, kind } = request;
  const waiting = firstOf(
    await tx.query<{ kind: string; who: string | null; attempts: number }>(
      `select waits_for->>'kind' as kind, waits_for->>'who' as who, attempts from node_runs
       where workspace_id = $1 and run_id = $2 and node_id = $3 and run_index = $4 and status = 'waiting'`,
      [tx.workspaceId, runId, nodeId, runIndex],
    ),
  );
  if (waiting === null) return [];
  if (kind === 'retry') return waiting.kind === 'retry' || waiting.kind === 'timer' ? [{ itemIndex: -1, attempt: waiting.attempts }] : [];
  if (waiting.kind !== kind) return [];
  if (kind === 'credential') return heldCalls(tx, request, waiting.who);
  if (kind !== 'outcome') return [{ itemIndex: request.itemIndex ?? -1, attempt: 0 }];
  const open = await tx.query<{ item_index: number; attempt: number }>(
    `with o as (select origin_day, coalesce(origin_run_id, run_id) as run_id, owner from runs where workspace_id = $1 and run_id = $2)
     select item_index, max(attempt) as attempt from attempts a, o
     where a.workspace_id = $1 and a.origin_day = o.origin_day and a.key >= o.run_id || ':' and a.key < o.run_id || ';'
       and a.node_id = $3 and a.run_index = $4 and (a.seq is null or a.run_id <> $2) and a.status in ('started', 'unknown')
       -- What the process that has the run has just sent is under way, not lost: a first answer may have sent it again.
       and (a.status = 'unknown' or a.owner is distinct from o.owner)
       and ($5::int is null or a.item_index = $5)
       and not exists (select 1 from attempts d where d.origin_day = a.origin_day and d.key = a.key and d.attempt >= a.attempt
         and (d.status = 'done' or (d.run_id = $2 and d.seq is not null) or (d.run_id <> $2 and d.status = 'failed')))
     group by item_index order by item_index`,
    [tx.workspaceId, runId, nodeId, runIndex, request.itemIndex ?? null],
  );
  return open.rows.map((row) => ({ itemIndex: row.item_index, attempt: row.attempt }));
}

/** The newest tries of items that a dead credential holds up, where nothing was decided about them. */
async function heldCalls(
  tx: TenantTx,
  { runId, nodeId, runIndex, itemIndex }: DecisionRequest,
  credentialId: string | null,
): Promise<readonly Subject[]> {
  const held = await tx.query<{ item_index: number; attempt: number }>(
    `with o as (select origin_day, coalesce(origin_run_id, run_id) as run_id from runs where workspace_id = $1 and run_id = $2)
     select item_index, attempt from (
       select distinct on (a.item_index) a.item_index, a.attempt, a.status, a.error from attempts a, o
       where a.workspace_id = $1 and a.origin_day = o.origin_day and a.key >= o.run_id || ':' and a.key < o.run_id || ';'
         and a.run_id = $2 and a.node_id = $3 and a.run_index = $4 and ($5::int is null or a.item_index = $5)
       order by a.item_index, a.attempt desc) newest
     where status = 'notSent' and error->>'credentialId' = $6
       and not exists (select 1 from waits w where w.workspace_id = $1 and w.run_id = $2 and w.node_id = $3 and w.run_index = $4
         and w.kind = 'credential' and w.item_index = newest.item_index and w.attempt = newest.attempt and w.decision is not null)
     order by item_index`,
    [tx.workspaceId, runId, nodeId, runIndex, itemIndex ?? null, credentialId],
  );
  return held.rows.map((row) => ({ itemIndex: row.item_index, attempt: row.attempt }));
}

async function wasDecided(tx: TenantTx, { runId, nodeId, runIndex, kind, itemIndex }: DecisionRequest): Promise<boolean> {
  const found = await tx.query(
    `select 1 from waits where workspace_id = $1 and run_id = $2 and node_id = $3 and run_index = $4 and kind = $5
     and ($6::int is null or item_index = $6) and decision is not null limit 1`,
    [tx.workspaceId, runId, nodeId, runIndex, kind, itemIndex ?? null],
  );
  return found.count > 0;
}

/** Longest list of runs of one sweep. */
const MAX_STALE = 500;

/**
 * Runs that ask what became of an answer that has come since: its process had lost the run, and told nobody (durability.md §2.7). For an
 * hour, as what a run cannot take must not wake it for ever.
 */
const ANSWERED_LATE = `
  select r.run_id from runs r
  join node_runs n on n.workspace_id = r.workspace_id and n.run_id = r.run_id and n.status = 'waiting' and n.waits_for->>'kind' = 'outcome'
  where r.status = 'waiting' and r.owner is null and exists (
    select 1 from attempts a
    where a.workspace_id = r.workspace_id and a.origin_day = r.origin_day and a.run_id = r.run_id
      and a.key >= coalesce(r.origin_run_id, r.run_id) || ':' and a.key < coalesce(r.origin_run_id, r.run_id) || ';'
      and a.node_id = n.node_id and a.run_index = n.run_index and a.seq is null
      and (a.status = 'done' or a.status in ('failed', 'notSent') and a.error->>'code' not in ('not_sent', 'segment_lost'))
      and a.finished_at between now() - interval '1 hour' and now() - $1 * interval '1 ms')
  limit $2`;

/**
 * Open runs that somebody should wake: a decision, a cancel, an unpause or a late answer came and nobody came for it.
 * Decisions for runs that have ended are closed on the way.
 * @param olderThanMs how long ago it happened at least
 * @throws TransientError `database_unavailable`
 */
export async function staleRuns(db: ExecutorDb, olderThanMs: number): Promise<readonly string[]> {
  const result = await db.query<{ run_id: string }>(
    `with due as (
       select w.workspace_id, w.token, w.run_id, r.status in ('queued', 'running', 'waiting') as open
       from waits w left join runs r on r.workspace_id = w.workspace_id and r.run_id = w.run_id
       where w.decision is not null and w.seq is null and w.decided_at < now() - $1 * interval '1 ms' order by w.decided_at limit $2),
     closed as (update waits w set seq = 0 from due d where w.workspace_id = d.workspace_id and w.token = d.token and d.open is not true)
     select run_id from due where open
     union
     (select run_id from runs where cancel_at < now() - $1 * interval '1 ms' and status in ('queued', 'running', 'waiting') and owner is null limit $2)
     union
     (select run_id from runs where (pause_at is not null or waits_for->>'kind' = 'pause') and status in ('queued', 'running', 'waiting')
        and owner is null and (pause_at is null) = (waits_for->>'kind' is not distinct from 'pause')
        and (pause_at is null or pause_at < now() - $1 * interval '1 ms') limit $2)
     union
     (${ANSWERED_LATE})`,
    [olderThanMs, MAX_STALE],
    'stale_runs',
  );
  return result.rows.map((row) => row.run_id);
}

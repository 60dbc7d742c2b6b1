import type { Pool } from 'pg';
import type { JsonValue } from '@millwright/core';
import type { EffectClass, LedgerOpened, OpenAttempt, Outcome, RunEnd, RunHeader, StoredDecision } from '@millwright/workflow';
import { isEnded, type AttemptStatus, type EndReason, type RunError, type RunStatus } from '@millwright/workflow/states';
import { decodePayload } from '../payload.ts';
import { poolQuery, type Queryable } from '../queryable.ts';
import { headerValues, keyIndexOf, ledgerRunId } from './rows.ts';
import type { RunBuffer } from './run-buffer.ts';

interface RunRow {
  readonly status: RunStatus;
  readonly reason: EndReason | null;
  readonly error: RunError | null;
  readonly finished_at: Date | null;
  readonly owner: string | null;
  /** No process that lives has it. */
  readonly is_free: boolean;
  readonly cancelled: boolean;
  readonly paused: boolean;
  readonly decisions: readonly DecisionRow[] | null;
  readonly losses: number;
}

/** Decisions of a run that nothing has taken, as JSON; null: none. */
const DECISIONS = `
  (select json_agg(json_build_object('token', w.token, 'nodeId', w.node_id, 'runIndex', w.run_index, 'itemIndex', w.item_index,
     'attempt', w.attempt, 'kind', w.kind, 'decision', w.decision, 'by', w.decided_by, 'at', extract(epoch from w.decided_at) * 1000)
     order by w.decided_at, w.token)
   from waits w where w.workspace_id = $1 and w.run_id = $2 and w.decision is not null and w.seq is null) as decisions`;

interface DecisionRow extends Omit<StoredDecision, 'atMs'> {
  readonly at: number;
}

/** A row of the ledger as it is read. */
export interface AttemptRecord {
  readonly key: string;
  readonly node_id: string;
  readonly run_index: number;
  readonly item_index: number;
  readonly attempt: number;
  readonly class: EffectClass;
  readonly seq: string | null;
  readonly status: AttemptStatus;
  readonly owner: string;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly request_hash: string | null;
  readonly response: Buffer | null;
  readonly error: RunError | null;
  readonly at_ms: string | null;
  readonly time_ms: string | null;
  readonly answered: boolean;
}

/** Deaths after which a process leaves a run to one of its own: `from` or more (0: one without any, too), fewer than `below`. */
export interface LeftLosses {
  readonly from: number;
  readonly below: number;
}

/** What opening a run needs. */
interface OpenPorts {
  readonly pool: Pool;
  /** Absent: none is left. */
  readonly leaves: LeftLosses | undefined;
}

/**
 * Takes a run for this process and reads what the ledger knows of it. Taking comes first and commits alone: whoever had
 * the run before can store nothing in its order after that, so what is read next is all there will be. A run of a live
 * owner is not taken, and the buffer is dead; nor is one that a process of its own has to take, or the death of this process, of which
 * another run may be guilty, would be one more that counts against it.
 * @throws TransientError `database_unavailable`
 */
export async function openRun({ pool, leaves }: OpenPorts, buffer: RunBuffer, afterSeq: number): Promise<LedgerOpened> {
  const query = poolQuery(pool);
  if (!buffer.dead) await take(query, buffer, leaves);
  const run = await readRun(query, buffer);
  if (run !== null && isEnded(run.status)) {
    buffer.die();
    return { isOurs: false, ended: endOf(run), outcomes: [], open: [], cancelRequested: run.cancelled, losses: run.losses };
  }
  if (run?.owner !== buffer.owner) buffer.die();
  const losses = run?.losses ?? (await readLosses(query, buffer.header.runId));
  const isFree = run === null || run.is_free;
  const records = await readAttempts(query, buffer, afterSeq);
  for (const record of records) buffer.knowStored({ ...keyOf(record), owner: record.owner, status: record.status });
  return {
    isOurs: !buffer.dead,
    ended: null,
    outcomes: records.flatMap((record) => toOutcome(record, afterSeq)),
    open: records.filter((record) => (record.status === 'started' || record.status === 'unknown') && !record.answered).map(toOpen),
    cancelRequested: run?.cancelled ?? false,
    ...(run?.paused === true ? { pauseRequested: true } : {}),
    ...(run === null || run.decisions === null ? {} : { decisions: run.decisions.map(toDecision) }),
    losses,
    ...(buffer.dead && isFree && isLeft(losses, leaves) ? { isSuspect: true } : {}),
  };
}

/** Whether a run that nobody has is left to a process of its own. */
function isLeft(losses: number, leaves: LeftLosses | undefined): boolean {
  return leaves !== undefined && losses >= leaves.from && losses < leaves.below;
}

/** In how many dead processes' lists a run was found open; it need not have had a row. @throws TransientError */
export async function readLosses(query: Queryable['query'], runId: string): Promise<number> {
  const result = await query<{ losses: number }>('select losses from run_losses where run_id = $1', [runId]);
  return result.rows[0]?.losses ?? 0;
}

/** Decisions of a run that nothing has taken, the oldest first. @throws TransientError */
export async function readDecisions(query: Queryable['query'], { workspaceId, runId }: RunHeader): Promise<readonly StoredDecision[]> {
  const result = await query<{ decisions: readonly DecisionRow[] | null }>(`select ${DECISIONS}`, [workspaceId, runId], 'run_decisions');
  return (result.rows[0]?.decisions ?? []).map(toDecision);
}

function toDecision({ at, ...row }: DecisionRow): StoredDecision {
  return { ...row, atMs: Math.floor(at) };
}

/** Whether the run with the id $3 is left. */
const LEFT = `coalesce((select l.losses from run_losses l where l.run_id = $3), 0) between $22::int and $23::int - 1`;

async function take(query: Queryable['query'], buffer: RunBuffer, leaves: LeftLosses | undefined): Promise<void> {
  const { header } = buffer;
  await query(
    `insert into runs as r (workspace_id, run_id, workflow_id, workflow_name, version_id, plan_hash, trigger_node_id, mode, origin_day,
       started_at, save, reply_mode, started_by, parent_run_id, parent, failure_of, resumes_run_id, origin_run_id, rerun_of, fixed, status, owner)
     select $2, $3, $4, $5, $6, $7, $8, $9, $10::date, to_timestamp($11::float8 / 1000.0), $12, $13, $14, $15, $16::jsonb, $17, $18, $19, $20, $21::json, 'running', $1
     where exists (select 1 from owners o where o.owner = $1) and ($22::int is null or not ${LEFT})
     on conflict (workspace_id, run_id) do update set owner = excluded.owner
     where r.status in ('queued', 'running', 'waiting')
       and (r.owner is null or r.owner = excluded.owner or not exists (select 1 from owners o where o.owner = r.owner))`,
    [buffer.owner, ...headerValues(header), leaves?.from ?? null, leaves?.below ?? null],
    'run_take',
  );
}

async function readRun(query: Queryable['query'], buffer: RunBuffer): Promise<RunRow | null> {
  const result = await query<RunRow>(
    `select status, reason, error, finished_at, owner, owner is null or not exists (select 1 from owners o where o.owner = r.owner) as is_free, cancel_at is not null as cancelled, pause_at is not null as paused,
       ${DECISIONS},
       coalesce((select losses from run_losses l where l.run_id = r.run_id), 0) as losses
     from runs r where workspace_id = $1 and run_id = $2`,
    [buffer.header.workspaceId, buffer.header.runId],
    'run_read',
  );
  return result.rows[0] ?? null;
}

/**
 * Outcomes in order, then facts that nobody took (an answer that came after the run had changed hands) as number 0,
 * and what was sent without an answer, unless another try of its key was answered.
 */
const ATTEMPTS = `
  select key, node_id, run_index, item_index, attempt, class, seq, status, owner, started_at, finished_at, request_hash, response, error,
    at_ms, time_ms,
    exists (select 1 from attempts d where d.origin_day = a.origin_day and d.key = a.key and d.run_id = a.run_id and d.status = 'done') as answered
  from attempts a where workspace_id = $1 and origin_day = $2::date and key >= $3 || ':' and key < $3 || ';' and run_id = $5
    and (seq is null or seq > $4 or status = 'unknown')
  order by seq nulls last, finished_at, key, attempt`;

async function readAttempts(query: Queryable['query'], buffer: RunBuffer, afterSeq: number): Promise<readonly AttemptRecord[]> {
  const values = [buffer.header.workspaceId, buffer.header.originDay, ledgerRunId(buffer.header), afterSeq, buffer.header.runId];
  return (await query<AttemptRecord>(ATTEMPTS, values, 'attempts_read')).rows;
}

function keyOf(
  record: AttemptRecord,
): Pick<Outcome, 'nodeId' | 'runIndex' | 'itemIndex' | 'keyIndex' | 'attempt' | 'class' | 'startedAtMs' | 'atMs'> {
  return {
    nodeId: record.node_id,
    runIndex: record.run_index,
    itemIndex: record.item_index,
    ...(keyIndexOf(record.key) === record.run_index ? {} : { keyIndex: keyIndexOf(record.key) }),
    attempt: record.attempt,
    class: record.class,
    startedAtMs: record.started_at.getTime(),
    ...(record.at_ms === null ? {} : { atMs: Number(record.at_ms) }),
  };
}

/** What was sent and not answered. */
export function toOpen(record: AttemptRecord): OpenAttempt {
  return {
    ...keyOf(record),
    requestHash: record.request_hash ?? '',
    status: record.status === 'unknown' ? 'unknown' : 'started',
    owner: record.owner,
    ...(record.error === null ? {} : { error: record.error }),
    ...(record.finished_at === null ? {} : { finishedAtMs: record.finished_at.getTime() }),
  };
}

/** The outcome in a row, if it has one that the caller has not seen. */
export function toOutcome(record: AttemptRecord, afterSeq: number): readonly Outcome[] {
  const { status } = record;
  const seq = Number(record.seq ?? 0);
  if (status === 'started' || (seq !== 0 && seq <= afterSeq) || (seq === 0 && status === 'unknown')) return [];
  const response: JsonValue | undefined = record.response === null ? undefined : decodePayload(record.response);
  return [
    {
      ...keyOf(record),
      seq,
      status,
      ...(response === undefined ? {} : { response }),
      ...(record.error === null ? {} : { error: record.error }),
      ...(record.time_ms === null ? {} : { timeMs: Number(record.time_ms) }),
      finishedAtMs: (record.finished_at ?? record.started_at).getTime(),
    },
  ];
}

function endOf(run: RunRow): RunEnd {
  return {
    status: run.status === 'succeeded' || run.status === 'canceled' ? run.status : 'failed',
    ...(run.reason === null ? {} : { reason: run.reason }),
    ...(run.error === null ? {} : { error: run.error }),
    finishedAtMs: run.finished_at?.getTime() ?? 0,
  };
}

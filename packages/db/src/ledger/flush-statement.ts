import type { Pool } from 'pg';
import { poolQuery } from '../queryable.ts';
import { cleanJson, encodePayload } from '../payload.ts';
import {
  attemptKey,
  cleanOrNull,
  encodeError,
  encodeNodeRun,
  encodeResponse,
  headerValues,
  ledgerRunId,
  rowName,
  RUNNING,
  type AttemptRow,
} from './rows.ts';
import type { FlushPart } from './run-buffer.ts';
import {
  ATTEMPT_COLUMNS,
  DECISION_COLUMNS,
  DELIVERY_COLUMNS,
  NODE_RUN_COLUMNS,
  LOCK_COLUMNS,
  RUN_COLUMNS,
  SETTLE_COLUMNS,
  wasDone,
} from './flush-columns.ts';
import { names, ofMine, Parameters, selectList } from './flush-parameters.ts';

/** What one flush stored. */
export interface FlushResult {
  /** Runs that are ours and open (or were until this flush ended them). */
  readonly mine: ReadonlySet<string>;
  /** Ledger rows that were inserted or settled. */
  readonly stored: ReadonlySet<string>;
}

const OPEN = `('queued', 'running', 'waiting')`;

/**
 * Whether a run is open, in words in which the planner does not see the index of open runs: on young statistics it takes that index for a few
 * known runs, and reads on the way every run that has ended since the last vacuum.
 */
const IS_OPEN = `coalesce(r.status in ${OPEN}, false)`;

/**
 * Stores the parts of many runs in one statement, hence one round trip and one commit. The first clause takes or locks
 * each run's row where it is open and ours or a dead process's (never a released one: only `open` takes those, since it
 * reads what happened meanwhile); what belongs to a run that did not come back from it is not written. Answers
 * to what was sent are, whoever owns the run now; their place in the order is kept only while the run is ours.
 * @param parts runs are distinct; they are locked in the order of their ids, or flushes would deadlock
 * @throws whatever the driver throws when the statement is refused; TransientError when Postgres is away
 */
export async function runFlush(pool: Pool, owner: string, parts: readonly FlushPart[]): Promise<FlushResult> {
  const sorted = parts.toSorted((a, b) => (a.buffer.header.runId < b.buffer.header.runId ? -1 : 1));
  const parameters = new Parameters();
  const clauses = [
    ...runsClauses(parameters, owner, sorted),
    attemptsClause(parameters, sorted),
    settlesClause(parameters, sorted),
    nodeRunsClause(parameters, sorted),
    decisionsClause(parameters, sorted),
    deliveriesClause(parameters, sorted),
  ].filter((clause) => clause !== null);
  const stored = ['inserted', 'settled']
    .filter((name) => parameters.kinds.includes(`new_${name}`))
    .map((name) => `select name from ${name}`);
  const text = `with ${clauses.join(',\n')}
    select (select coalesce(array_agg(run_id), '{}') from mine) as mine,
      ${stored.length === 0 ? `'{}'::text[]` : `(select coalesce(array_agg(name), '{}') from (${stored.join(' union all ')}) s)`} as stored,
      (select count(pg_notify('run_changed', workspace_id || ':' || run_id)) from mine) as notified`;
  const result = await poolQuery(pool)<{ mine: string[]; stored: string[] }>(
    text,
    parameters.values,
    `flush ${parameters.kinds.map((kind) => kind.slice(4, 7)).join(' ')} ${parameters.values.length}`,
  );
  return { mine: new Set(result.rows[0]?.mine), stored: new Set(result.rows[0]?.stored) };
}

/** Whether nothing of the run's row changes: it is locked, not written. */
function isOnlyLocked({ buffer, standing }: FlushPart): boolean {
  return buffer.isRowRunning && standing === RUNNING;
}

/** `mine`: the runs of the flush that are ours and open, each locked until the commit. */
function runsClauses(parameters: Parameters, owner: string, parts: readonly FlushPart[]): readonly string[] {
  const fenced = parts.filter((part) => part.fenced);
  const locked = fenced.filter(isOnlyLocked);
  const me = parameters.one(owner);
  if (locked.length === 0) return [writtenClause(parameters, me, { name: 'mine', parts: fenced })];
  const rows = locked.map(({ buffer: { header } }) => [header.workspaceId, header.runId]);
  // In the order of the keys, as all flushes lock them.
  const locks = `locked as (
    select r.workspace_id, r.run_id from runs r
    join ${parameters.rows('new_locked', LOCK_COLUMNS, rows)} on r.workspace_id = new_locked.workspace_id and r.run_id = new_locked.run_id
    where ${IS_OPEN} and r.owner = ${me} and exists (select 1 from owners o where o.owner = ${me})
    order by r.run_id for no key update of r)`;
  const others = fenced.filter((part) => !isOnlyLocked(part));
  if (others.length === 0) return [locks, 'mine as (select * from locked)'];
  return [
    locks,
    writtenClause(parameters, me, { name: 'written', parts: others }),
    'mine as (select * from locked union all select * from written)',
  ];
}

function writtenClause(
  parameters: Parameters,
  me: string,
  { name, parts }: { readonly name: string; readonly parts: readonly FlushPart[] },
): string {
  const rows = parts.map(({ buffer: { header, owner }, standing }) => [
    ...headerValues(header),
    standing.status,
    standing.end?.reason ?? null,
    standing.waitsFor === null ? null : cleanJson(standing.waitsFor),
    encodeError(standing.end?.error),
    standing.end?.finishedAtMs ?? null,
    standing.end?.result === undefined ? null : JSON.stringify(standing.end.result),
    standing.release ? null : owner,
  ]);
  return `${name} as (
    insert into runs as r (${names(RUN_COLUMNS)})
    select ${selectList('new_run', RUN_COLUMNS)} from ${parameters.rows('new_run', RUN_COLUMNS, rows)}
    where exists (select 1 from owners o where o.owner = ${me})
    on conflict (workspace_id, run_id) do update set status = excluded.status, reason = excluded.reason, waits_for = excluded.waits_for,
      error = excluded.error, finished_at = excluded.finished_at, result = excluded.result, owner = excluded.owner
    where r.status in ${OPEN} and (r.owner = ${me} or (r.owner is not null and not exists (select 1 from owners o where o.owner = r.owner)))
    returning r.workspace_id, r.run_id)`;
}

function attemptValues(part: FlushPart, row: AttemptRow, owner: string): readonly unknown[] {
  const { header } = part.buffer;
  return [
    header.workspaceId,
    header.originDay,
    attemptKey(ledgerRunId(header), row),
    row.attempt,
    header.runId,
    row.nodeId,
    row.runIndex,
    row.itemIndex,
    row.class,
    row.seq,
    row.status,
    owner,
    row.startedAtMs,
    row.finishedAtMs,
    row.requestHash,
    encodeResponse(row.response),
    encodeError(row.error),
    row.configHash ?? null,
    row.inputHash ?? null,
    row.atMs ?? null,
    row.timeMs ?? null,
  ];
}

/**
 * The day of the ledger that all runs of a flush belong to, as a parameter; undefined where there are several. With it a statement prepares one
 * partition instead of one for each day that is kept.
 */
function dayOf(parameters: Parameters, parts: readonly FlushPart[]): string | undefined {
  const [first, ...others] = new Set(parts.map(({ buffer }) => buffer.header.originDay));
  return first === undefined || others.length > 0 ? undefined : `${parameters.one(first)}::date`;
}

function attemptsClause(parameters: Parameters, parts: readonly FlushPart[]): string | null {
  const rows = parts.flatMap((part) => [...part.inserts.values()].map((row) => attemptValues(part, row, part.buffer.owner)));
  if (rows.length === 0) return null;
  const day = dayOf(parameters, parts);
  return `inserted as (
    insert into attempts as a (${names(ATTEMPT_COLUMNS)})
    select ${selectList('new_inserted', ATTEMPT_COLUMNS)} from ${parameters.rows('new_inserted', ATTEMPT_COLUMNS, rows)}
    where ${ofMine('new_inserted')} and not ${wasDone('new_inserted', day)}
    on conflict (origin_day, key, attempt) do update set status = excluded.status, seq = excluded.seq, finished_at = excluded.finished_at,
      request_hash = coalesce(excluded.request_hash, a.request_hash), response = excluded.response, error = excluded.error,
      time_ms = excluded.time_ms
    where a.workspace_id = excluded.workspace_id and a.owner = excluded.owner and a.status in ('started', excluded.status)
    returning a.key || '#' || a.attempt as name)`;
}

function settlesClause(parameters: Parameters, parts: readonly FlushPart[]): string | null {
  const rows = parts.flatMap((part) => [...part.settles.values()].map((row) => [...attemptValues(part, row, row.sentBy), row.expected]));
  if (rows.length === 0) return null;
  const day = dayOf(parameters, parts);
  const settled = parameters.rows('new_settled', SETTLE_COLUMNS, rows);
  // The keys are said once more: without them the planner, on young statistics, reads the whole day.
  const where =
    day === undefined
      ? 'a.origin_day = new_settled.origin_day'
      : `a.origin_day = ${day} and a.key = any(${parameters.one(rows.map(([, , key]) => key))}::text[])`;
  return `settled as (
    update attempts a set status = new_settled.status, seq = case when ${ofMine('new_settled')} then new_settled.seq else a.seq end,
      finished_at = to_timestamp(new_settled.finished_at / 1000.0), response = new_settled.response, error = new_settled.error,
      time_ms = new_settled.time_ms
    from ${settled}
    where ${where} and a.key = new_settled.key and a.attempt = new_settled.attempt
      and a.workspace_id = new_settled.workspace_id and a.owner = new_settled.owner and a.status = new_settled.expected
    returning a.key || '#' || a.attempt as name)`;
}

function nodeRunsClause(parameters: Parameters, parts: readonly FlushPart[]): string | null {
  const rows = parts.flatMap((part) => {
    const { header, produced } = part.buffer;
    return [...part.nodeRuns.values()].map((record) => {
      const data = encodeNodeRun(header, record, produced);
      return [
        header.workspaceId,
        header.runId,
        record.nodeId,
        record.runIndex,
        record.status,
        record.reason ?? null,
        record.waitsFor === undefined ? null : cleanJson(record.waitsFor),
        encodeError(record.error),
        record.attempts,
        record.startedAtMs,
        record.finishedAtMs ?? null,
        data.counts,
        data.inputs,
        data.outputs,
      ];
    });
  });
  if (rows.length === 0) return null;
  return `noded as (
    insert into node_runs as n (${names(NODE_RUN_COLUMNS)})
    select ${selectList('new_noded', NODE_RUN_COLUMNS)} from ${parameters.rows('new_noded', NODE_RUN_COLUMNS, rows)}
    where ${ofMine('new_noded')}
    on conflict (workspace_id, run_id, node_id, run_index) do update set status = excluded.status, reason = excluded.reason,
      waits_for = excluded.waits_for, error = excluded.error, attempts = excluded.attempts, finished_at = excluded.finished_at,
      counts = excluded.counts, inputs = excluded.inputs, outputs = excluded.outputs)`;
}

function decisionsClause(parameters: Parameters, parts: readonly FlushPart[]): string | null {
  const rows = parts.flatMap(({ buffer: { header }, decisions }) =>
    [...decisions].map(([token, seq]) => [header.workspaceId, token, header.runId, seq]),
  );
  if (rows.length === 0) return null;
  return `taken as (
    update waits w set seq = new_taken.seq from ${parameters.rows('new_taken', DECISION_COLUMNS, rows)}
    where w.workspace_id = new_taken.workspace_id and w.token = new_taken.token and w.seq is null and ${ofMine('new_taken')})`;
}

function deliveriesClause(parameters: Parameters, parts: readonly FlushPart[]): string | null {
  const rows = parts
    .filter((part) => part.fenced && part.withDelivery)
    .flatMap((part) => {
      const { header } = part.buffer;
      if (header.delivery === undefined) return [];
      const { endpointId, hash } = header.delivery;
      return [
        [
          header.workspaceId,
          endpointId,
          cleanOrNull(hash),
          header.runId,
          header.startedAtMs,
          part.reply === null ? null : encodePayload(part.reply),
        ],
      ];
    });
  if (rows.length === 0) return null;
  return `delivered as (
    insert into deliveries as d (${names(DELIVERY_COLUMNS)}, status)
    select ${selectList('new_delivered', DELIVERY_COLUMNS)}, 'started' from ${parameters.rows('new_delivered', DELIVERY_COLUMNS, rows)}
    where ${ofMine('new_delivered')}
    on conflict (endpoint_id, delivery_hash) do update set status = 'started', input = null, reply = coalesce(d.reply, excluded.reply)
    where d.run_id = excluded.run_id)`;
}

/** The rows that a part needs to see stored, to know that it is still in step with the ledger. */
export function expectedRows(part: FlushPart): readonly string[] {
  const runId = ledgerRunId(part.buffer.header);
  return [...part.inserts.values(), ...part.settles.values()].map((row) => rowName(runId, row));
}

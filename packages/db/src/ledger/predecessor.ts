import type { Pool } from 'pg';
import type { BuiltFrom, OfChain, Predecessor, RunHeader } from '@millwright/workflow';
import { poolQuery } from '../queryable.ts';
import { toOpen, toOutcome, type AttemptRecord } from './open-run.ts';
import { keyIndexOf, ledgerRunId } from './rows.ts';

interface Record extends AttemptRecord {
  readonly config_hash: string | null;
  readonly input_hash: string | null;
  /** How many runs of the chain came after it. */
  readonly later: number | null;
}

/**
 * What was sent and never answered is unknown from now on: an answer that came after this would be seen by one try of the resumed run
 * and not by the one before it. The rows are those of runs that have ended.
 */
const CLOSE = `
  update attempts set status = 'unknown' where workspace_id = $1 and origin_day = $2::date and key >= $3 || ':' and key < $3 || ';'
    and run_id <> $4 and status = 'started'`;

const ATTEMPTS = `
  with recursive chain as (
    select $5::text collate "C" as run_id, 0 as later
    union all
    select r.resumes_run_id, c.later + 1 from chain c join runs r on r.workspace_id = $1 and r.run_id = c.run_id and r.resumes_run_id is not null)
  select key, node_id, run_index, item_index, attempt, class, seq, status, owner, started_at, finished_at, request_hash, response, error,
    config_hash, input_hash, at_ms, time_ms, (select c.later from chain c where c.run_id = a.run_id) as later,
    exists (select 1 from attempts d where d.origin_day = a.origin_day and d.key = a.key and d.run_id <> $4 and d.attempt > a.attempt
      and d.status in ('done', 'failed')) as answered
  from attempts a where workspace_id = $1 and origin_day = $2::date and key >= $3 || ':' and key < $3 || ';' and run_id <> $4
  order by key, attempt`;

/** What the runs did that a run goes on with, closed to late answers. @throws TransientError `database_unavailable` */
export async function readPredecessor(pool: Pool, header: RunHeader): Promise<Predecessor> {
  if (header.resumes === undefined) return { outcomes: [], open: [] };
  const query = poolQuery(pool);
  const values = [header.workspaceId, header.originDay, ledgerRunId(header), header.runId];
  await query(CLOSE, values, 'predecessor_close');
  const { rows } = await query<Record>(ATTEMPTS, [...values, header.resumes.runId], 'predecessor_read');
  const sent = (isAnswered: boolean): Predecessor['open'] =>
    rows
      .filter((row) => row.status === 'unknown' && row.answered === isAnswered)
      .map((row) => ({ ...toOpen(row), ...placeOf(row), ...builtFrom(row), ...generationOf(row) }));
  return {
    outcomes: rows.flatMap((row) =>
      toOutcome(row, -1).map((outcome) => ({
        ...outcome,
        ...placeOf(row),
        ...builtFrom(row),
        ...generationOf(row),
      })),
    ),
    open: sent(false),
    superseded: sent(true),
  };
}

/** A run that is not found in the chain any more was before those that are. */
function generationOf({ later }: Record): OfChain {
  return { generation: later === null ? Number.MIN_SAFE_INTEGER : -later };
}

/** Runs of a chain know each other's node runs by the keys: a node run may have another number in each. */
function placeOf({ key }: Record): { readonly runIndex: number } {
  return { runIndex: keyIndexOf(key) };
}

function builtFrom(row: Record): Pick<BuiltFrom, 'configHash' | 'inputHash'> {
  return {
    ...(row.config_hash === null ? {} : { configHash: row.config_hash }),
    ...(row.input_hash === null ? {} : { inputHash: row.input_hash }),
  };
}

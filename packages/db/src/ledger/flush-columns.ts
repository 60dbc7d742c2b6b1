/** Names and types of columns, in the order of the values that a flush writes. */
export type Columns = readonly (readonly [name: string, type: string])[];

/** A run: its header, then how it stands. */
export const RUN_COLUMNS = [
  ['workspace_id', 'text'],
  ['run_id', 'text'],
  ['workflow_id', 'text'],
  ['workflow_name', 'text'],
  ['version_id', 'text'],
  ['plan_hash', 'text'],
  ['trigger_node_id', 'text'],
  ['mode', 'text'],
  ['origin_day', 'date'],
  ['started_at', 'float8'],
  ['save', 'text'],
  ['reply_mode', 'text'],
  ['started_by', 'text'],
  ['parent_run_id', 'text'],
  ['parent', 'jsonb'],
  ['failure_of', 'text'],
  ['resumes_run_id', 'text'],
  ['origin_run_id', 'text'],
  ['rerun_of', 'text'],
  ['fixed', 'json'],
  ['status', 'text'],
  ['reason', 'text'],
  ['waits_for', 'jsonb'],
  ['error', 'jsonb'],
  ['finished_at', 'float8'],
  ['result', 'json'],
  ['owner', 'text'],
] as const;

/** A run whose row is locked, not written. */
export const LOCK_COLUMNS = [
  ['workspace_id', 'text'],
  ['run_id', 'text'],
] as const;

/** A row of the ledger. */
export const ATTEMPT_COLUMNS = [
  ['workspace_id', 'text'],
  ['origin_day', 'date'],
  ['key', 'text'],
  ['attempt', 'int4'],
  ['run_id', 'text'],
  ['node_id', 'text'],
  ['run_index', 'int4'],
  ['item_index', 'int4'],
  ['class', 'text'],
  ['seq', 'int8'],
  ['status', 'text'],
  ['owner', 'text'],
  ['started_at', 'float8'],
  ['finished_at', 'float8'],
  ['request_hash', 'text'],
  ['response', 'bytea'],
  ['error', 'jsonb'],
  ['config_hash', 'text'],
  ['input_hash', 'text'],
  ['at_ms', 'int8'],
  ['time_ms', 'int8'],
] as const;

/** A row that is settled, and how it stands until then. */
export const SETTLE_COLUMNS = [...ATTEMPT_COLUMNS, ['expected', 'text']] as const;

/** A node run. */
export const NODE_RUN_COLUMNS = [
  ['workspace_id', 'text'],
  ['run_id', 'text'],
  ['node_id', 'text'],
  ['run_index', 'int4'],
  ['status', 'text'],
  ['reason', 'text'],
  ['waits_for', 'jsonb'],
  ['error', 'jsonb'],
  ['attempts', 'int4'],
  ['started_at', 'float8'],
  ['finished_at', 'float8'],
  ['counts', 'jsonb'],
  ['inputs', 'bytea'],
  ['outputs', 'bytea'],
] as const;

/**
 * Whether a try must not start because an earlier one of its run was done: its answer came after whoever starts it had read the ledger.
 * @param alias of a row with ATTEMPT_COLUMNS
 * @param day the row's day; a parameter where all rows have the same, so that the statement prepares one partition
 */
export function wasDone(alias: string, day = `${alias}.origin_day`): string {
  return `(${alias}.status = 'started' and ${alias}.attempt > 1 and exists (select 1 from attempts d
      where d.origin_day = ${day} and d.key = ${alias}.key and d.attempt < ${alias}.attempt
        and d.run_id = ${alias}.run_id and d.status = 'done'))`;
}

/** A decision that was taken. */
export const DECISION_COLUMNS = [
  ['workspace_id', 'text'],
  ['token', 'text'],
  ['run_id', 'text'],
  ['seq', 'int8'],
] as const;

/** A delivery. */
export const DELIVERY_COLUMNS = [
  ['workspace_id', 'text'],
  ['endpoint_id', 'text'],
  ['delivery_hash', 'text'],
  ['run_id', 'text'],
  ['at', 'float8'],
  ['reply', 'bytea'],
] as const;

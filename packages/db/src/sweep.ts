import type { ExecutorDb } from './queryable.ts';

/** What a sweep took away and made. */
export interface SweepResult {
  readonly runs: number;
  readonly deliveries: number;
  readonly blobs: number;
  /** Proofs of reliability; their receipts are not counted. */
  readonly proofs: number;
  /** Mails of the outbox that wait for nothing any more. */
  readonly mails: number;
  readonly partitionsDropped: number;
}

/** Rows per statement: short locks, even over a long backlog. */
const BATCH = 500;
/** Days of ledger partitions made ahead. */
const DAYS_AHEAD = 7;

/**
 * Retention: deletes ended runs (with node runs, waits and blobs) and deliveries that are older than their workspace keeps
 * them, drops ledger partitions of days from which no run is left, and makes those of the coming days. Call it every hour;
 * several processes may at once.
 * @param nowMs what counts as now, default Postgres' clock
 * @throws TransientError `database_unavailable`
 */
export async function sweep(db: ExecutorDb, nowMs?: number): Promise<SweepResult> {
  const now = nowMs === undefined ? null : new Date(nowMs);
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
    await db.query(`select ensure_attempts_partition((coalesce($1::timestamptz, now()) at time zone 'UTC')::date + $2::int)`, [now, ahead]);
  }
  const runs = await inBatches(db, SWEEP_RUNS, now);
  const deliveries = await inBatches(db, SWEEP_DELIVERIES, now);
  const blobs = await inBatches(db, SWEEP_BLOBS, now);
  await inBatches(db, SWEEP_TESTS, now);
  await inBatches(db, SWEEP_PLANS, now);
  await db.query(SWEEP_RECEIPTS, [now]);
  const proofs = await inBatches(db, SWEEP_PROOFS, now);
  const mails = await inBatches(db, SWEEP_MAILS, now);
  const days = await db.query<{ day: string }>(EMPTY_DAYS, [now]);
  for (const { day } of days.rows) await db.query('select drop_attempts_partition($1::date)', [day]);
  return { runs, deliveries, blobs, proofs, mails, partitionsDropped: days.rows.length };
}

async function inBatches(db: ExecutorDb, statement: string, now: Date | null): Promise<number> {
  let total = 0;
  for (;;) {
    const result = await db.query<{ gone: number }>(statement, [now, BATCH]);
    const gone = result.rows[0]?.gone ?? 0;
    total += gone;
    if (gone < BATCH) return total;
  }
}

/** Only ended runs: an open one stays however old it is. */
const SWEEP_RUNS = `
  with old as (
    select r.workspace_id, r.run_id from runs r join workspaces w on w.id = r.workspace_id
    where r.finished_at < coalesce($1::timestamptz, now()) - make_interval(days => w.run_retention_days)
      and r.status in ('succeeded', 'failed', 'canceled')
    limit $2 for update of r skip locked),
  gone_nodes as (delete from node_runs n using old o where n.workspace_id = o.workspace_id and n.run_id = o.run_id),
  gone_waits as (delete from waits n using old o where n.workspace_id = o.workspace_id and n.run_id = o.run_id),
  gone_blobs as (delete from blobs n using old o where n.workspace_id = o.workspace_id and n.run_id = o.run_id),
  gone_losses as (delete from run_losses n using old o where n.run_id = o.run_id),
  gone as (delete from runs r using old o where r.workspace_id = o.workspace_id and r.run_id = o.run_id returning 1)
  select count(*)::int as gone from gone`;

/** A delivery that still waits for Temporal is never old. */
const SWEEP_DELIVERIES = `
  with old as (
    select d.endpoint_id, d.delivery_hash from deliveries d join workspaces w on w.id = d.workspace_id
    where d.at < coalesce($1::timestamptz, now()) - make_interval(days => w.delivery_retention_days) and d.status <> 'pending'
    limit $2 for update of d skip locked),
  gone as (delete from deliveries d using old o where d.endpoint_id = o.endpoint_id and d.delivery_hash = o.delivery_hash returning 1)
  select count(*)::int as gone from gone`;

/** Blobs of a run that never wrote its row: two days are longer than any start takes. */
const SWEEP_BLOBS = `
  with old as (
    select b.workspace_id, b.id from blobs b
    where b.created_at < coalesce($1::timestamptz, now()) - interval '2 days'
      and not exists (select 1 from runs r where r.workspace_id = b.workspace_id and r.run_id = b.run_id)
    limit $2 for update of b skip locked),
  gone as (delete from blobs b using old o where b.workspace_id = o.workspace_id and b.id = o.id returning 1)
  select count(*)::int as gone from gone`;

/** What was run without being published, when its run is gone; two days are longer than any start takes. */
const SWEEP_TESTS = `
  with old as (
    select t.workspace_id, t.id from test_versions t
    where t.created_at < coalesce($1::timestamptz, now()) - interval '2 days'
      and not exists (select 1 from runs r where r.workspace_id = t.workspace_id and r.workflow_id = t.workflow_id and r.version_id = t.id)
    limit $2),
  gone as (delete from test_versions t using old o where t.workspace_id = o.workspace_id and t.id = o.id returning 1)
  select count(*)::int as gone from gone`;

/** Plans of those. */
const SWEEP_PLANS = `
  with old as (
    select p.workspace_id, p.plan_hash from plans p
    where p.created_at < coalesce($1::timestamptz, now()) - interval '2 days'
      and not exists (select 1 from workflow_versions v where v.workspace_id = p.workspace_id and v.plan_hash = p.plan_hash)
      and not exists (select 1 from test_versions t where t.workspace_id = p.workspace_id and t.plan_hash = p.plan_hash)
    limit $2),
  gone as (delete from plans p using old o where p.workspace_id = o.workspace_id and p.plan_hash = o.plan_hash returning 1)
  select count(*)::int as gone from gone`;

/** Once a proof is over its counts are stored with it. */
const SWEEP_RECEIPTS = `
  delete from reliability_receipts e using reliability_proofs p
  where e.proof_id = p.id and p.finished_at < coalesce($1::timestamptz, now()) - interval '1 day'`;

const SWEEP_PROOFS = `
  with old as (
    select p.workspace_id, p.id from reliability_proofs p
    where p.finished_at < coalesce($1::timestamptz, now()) - interval '365 days' limit $2 for update of p skip locked),
  gone as (delete from reliability_proofs p using old o where p.workspace_id = o.workspace_id and p.id = o.id returning 1)
  select count(*)::int as gone from gone`;

/** Thirty days in which somebody may look at what was sent, or have a mail that was given up sent again. One that waits is never old. */
const SWEEP_MAILS = `
  with old as (
    select o.workspace_id, o.id from mail_outbox o
    where o.created_at < coalesce($1::timestamptz, now()) - interval '30 days' and o.state <> 'waiting'
    limit $2 for update of o skip locked),
  gone as (delete from mail_outbox m using old o where m.workspace_id = o.workspace_id and m.id = o.id returning 1)
  select count(*)::int as gone from gone`;

/**
 * Partitions older than two days whose day no stored run has as its origin: with the runs gone nobody can resume them,
 * and nobody looks at their attempts.
 */
const EMPTY_DAYS = `
  select p.day::text as day
  from pg_inherits i
  join pg_class c on c.oid = i.inhrelid
  cross join lateral (select to_date(right(c.relname, 8), 'YYYYMMDD') as day) p
  where i.inhparent = 'attempts'::regclass and c.relname ~ '^attempts_[0-9]{8}$'
    and p.day < (coalesce($1::timestamptz, now()) at time zone 'UTC')::date - 2
    and not exists (select 1 from runs r where r.origin_day = p.day)`;

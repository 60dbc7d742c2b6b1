import type { ProofId, RunId, UserId, WorkflowId, WorkspaceId } from '@millwright/core';
import { firstOf, type ExecutorDb, type TenantTx } from '../queryable.ts';

/**
 * `starting`: runs are being started, nothing was killed. `recovering`: the process was killed, its runs go on. `finished`: every run was
 * counted. `stopped`: it was given up before the kill.
 */
export type ProofStatus = 'starting' | 'recovering' | 'finished' | 'stopped';

/** What a proof counts. */
export interface ProofCounts {
  /** Runs that ended as succeeded. */
  readonly succeeded: number;
  /** Accepted runs that ended otherwise; at the end of a proof those too that have not ended. */
  readonly lost: number;
  /** Effects that reached the receiver. */
  readonly effects: number;
  /** Requests that repeated one. */
  readonly repeated: number;
}

/** A proof of reliability as it is stored. */
export interface Proof {
  readonly workspaceId: WorkspaceId;
  readonly id: ProofId;
  readonly workflowId: WorkflowId;
  readonly status: ProofStatus;
  readonly startedAt: Date;
  readonly runIds: readonly RunId[];
  /** Runs whose start is on disk. */
  readonly accepted: number;
  readonly killedPid: number | null;
  readonly killedAt: Date | null;
  readonly finishedAt: Date | null;
  /** The last counts; null until it is over. */
  readonly counts: ProofCounts | null;
}

interface Row {
  readonly workspace_id: string;
  readonly id: string;
  readonly workflow_id: string;
  readonly status: ProofStatus;
  readonly started_at: Date;
  readonly run_ids: string[];
  readonly accepted: number;
  readonly killed_pid: number | null;
  readonly killed_at: Date | null;
  readonly finished_at: Date | null;
  readonly succeeded: number | null;
  readonly lost: number | null;
  readonly effects: number | null;
  readonly repeated: number | null;
}

function toProof(row: Row): Proof {
  const { succeeded, lost, effects, repeated } = row;
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    workflowId: row.workflow_id,
    status: row.status,
    startedAt: row.started_at,
    runIds: row.run_ids,
    accepted: row.accepted,
    killedPid: row.killed_pid,
    killedAt: row.killed_at,
    finishedAt: row.finished_at,
    counts: succeeded === null ? null : { succeeded, lost: lost ?? 0, effects: effects ?? 0, repeated: repeated ?? 0 },
  };
}

/**
 * Begins a proof.
 * @returns false when one is under way in this install: nothing was written
 */
export async function begin(
  tx: TenantTx,
  fresh: { readonly id: ProofId; readonly workflowId: WorkflowId; readonly runIds: readonly RunId[]; readonly startedBy: UserId },
): Promise<boolean> {
  const inserted = await tx.query(
    `insert into reliability_proofs (workspace_id, id, workflow_id, status, started_by, run_ids)
     values ($1, $2, $3, 'starting', $4, $5) on conflict do nothing`,
    [tx.workspaceId, fresh.id, fresh.workflowId, fresh.startedBy, fresh.runIds],
  );
  return inserted.count > 0;
}

/** The workspace's last proof. */
export async function latest(tx: TenantTx): Promise<Proof | null> {
  const row = firstOf(
    await tx.query<Row>('select * from reliability_proofs where workspace_id = $1 order by started_at desc limit 1', [tx.workspaceId]),
  );
  return row === null ? null : toProof(row);
}

/** Proofs of this install that are not over; one at most. */
export async function open(db: ExecutorDb): Promise<readonly Proof[]> {
  const result = await db.query<Row>(`select * from reliability_proofs where status in ('starting', 'recovering')`);
  return result.rows.map(toProof);
}

/** Says how many runs are accepted. */
export async function setAccepted(db: ExecutorDb, proofId: ProofId, accepted: number): Promise<void> {
  await db.query(`update reliability_proofs set accepted = $2 where id = $1 and status = 'starting'`, [proofId, accepted]);
}

/**
 * Writes down that the process is killed now; committed before it is.
 * @returns false when the proof is not `starting` any more: kill nothing
 */
export async function setKilled(db: ExecutorDb, proofId: ProofId, pid: number): Promise<boolean> {
  const updated = await db.query(
    `update reliability_proofs set status = 'recovering', killed_pid = $2, killed_at = now() where id = $1 and status = 'starting'`,
    [proofId, pid],
  );
  return updated.count > 0;
}

/** Ends a proof with its last counts. */
export async function end(db: ExecutorDb, proofId: ProofId, how: ProofCounts & { readonly status: 'finished' | 'stopped' }): Promise<void> {
  await db.query(
    `update reliability_proofs set status = $2, finished_at = now(), succeeded = $3, lost = $4, effects = $5, repeated = $6
     where id = $1 and status in ('starting', 'recovering')`,
    [proofId, how.status, how.succeeded, how.lost, how.effects, how.repeated],
  );
}

/** How the runs of a proof stand. */
export interface ProofStanding extends ProofCounts {
  /** Runs with a row that has not ended, or without one yet. */
  readonly open: number;
  /** Runs that wait for something. */
  readonly waiting: number;
}

/** Counts from the rows of the runs, and from what the receiver wrote down. */
export async function stand(db: ExecutorDb | TenantTx, proof: Pick<Proof, 'workspaceId' | 'id' | 'runIds'>): Promise<ProofStanding> {
  const row = firstOf(
    await db.query<{ succeeded: number; failed: number; waiting: number; effects: number; requests: number }>(
      `select count(*) filter (where r.status = 'succeeded')::int as succeeded,
         count(*) filter (where r.status in ('failed', 'canceled'))::int as failed,
         count(*) filter (where r.status = 'waiting')::int as waiting,
         (select count(*)::int from reliability_receipts e where e.proof_id = $3) as effects,
         (select coalesce(sum(e.received), 0)::int from reliability_receipts e where e.proof_id = $3) as requests
       from runs r where r.workspace_id = $1 and r.run_id = any($2::text[])`,
      [proof.workspaceId, proof.runIds, proof.id],
    ),
  );
  const { succeeded = 0, failed = 0, waiting = 0, effects = 0, requests = 0 } = row ?? {};
  return { succeeded, lost: failed, open: proof.runIds.length - succeeded - failed, waiting, effects, repeated: requests - effects };
}

/** Requests that a proof may make at most: whoever learns its address cannot fill the table. */
const MAX_EFFECTS = 500;

/**
 * Writes down a request that reached the receiver of a proof, before it is answered.
 * @returns false when there is no such proof under way
 */
export async function receive(
  db: ExecutorDb,
  request: { readonly proofId: string; readonly effect: string; readonly idempotencyKey: string },
): Promise<boolean> {
  const written = await db.query(
    `insert into reliability_receipts (workspace_id, proof_id, effect, idempotency_key)
     select p.workspace_id, p.id, $2, $3 from reliability_proofs p
     where p.id = $1 and p.status <> 'stopped' and (select count(*) from reliability_receipts e where e.proof_id = p.id) < $4
     on conflict (proof_id, effect, idempotency_key) do update set received = reliability_receipts.received + 1`,
    [request.proofId, request.effect, request.idempotencyKey, MAX_EFFECTS],
  );
  return written.count > 0;
}

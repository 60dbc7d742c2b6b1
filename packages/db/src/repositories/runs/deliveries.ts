import type { EndpointId, JsonValue, RunId, WorkspaceId } from '@millwright/core';
import type { ReplyMessage } from '@millwright/workflow';
import type { RunStatus } from '@millwright/workflow/states';
import { decodePayload, encodePayload } from '../../payload.ts';
import { firstOf, type ExecutorDb } from '../../queryable.ts';

/** Names a delivery: an endpoint, and the hash of the id that the caller gave (or of chance). */
export interface DeliveryKey {
  readonly endpointId: EndpointId;
  readonly hash: string;
}

/** A delivery that was accepted before. */
export interface Delivery extends DeliveryKey {
  readonly workspaceId: WorkspaceId;
  readonly runId: RunId;
  /** `pending`: its run has not been started. */
  readonly status: 'pending' | 'started';
  readonly reply: ReplyMessage | null;
  /** Null until the run's first flush. */
  readonly runStatus: RunStatus | null;
  readonly at: Date;
}

/** A delivery whose run has not been started. */
export interface PendingDelivery extends DeliveryKey {
  readonly workspaceId: WorkspaceId;
  readonly runId: RunId;
  readonly input: JsonValue;
  readonly at: Date;
}

/** The delivery, if it was accepted before. */
export async function find(db: ExecutorDb, key: DeliveryKey): Promise<Delivery | null> {
  const row = firstOf(
    await db.query<{
      workspace_id: string;
      run_id: string;
      status: 'pending' | 'started';
      reply: Buffer | null;
      run_status: RunStatus | null;
      at: Date;
    }>(
      `select d.workspace_id, d.run_id, d.status, d.reply, r.status as run_status, d.at
     from deliveries d left join runs r on r.workspace_id = d.workspace_id and r.run_id = d.run_id
     where d.endpoint_id = $1 and d.delivery_hash = $2`,
      [key.endpointId, key.hash],
      'delivery_find',
    ),
  );
  if (row === null) return null;
  return {
    ...key,
    workspaceId: row.workspace_id,
    runId: row.run_id,
    status: row.status,
    // Written by the ledger from a ReplyMessage.
    reply: row.reply === null ? null : (decodePayload(row.reply) as unknown as ReplyMessage),
    runStatus: row.run_status,
    at: row.at,
  };
}

/**
 * Keeps a delivery whose run cannot be started now, with everything that its start needs.
 * @returns false when it was stored or started before: answer from `find`
 */
export async function storePending(db: ExecutorDb, delivery: Omit<PendingDelivery, 'at'>): Promise<boolean> {
  const result = await db.query(
    `insert into deliveries (workspace_id, endpoint_id, delivery_hash, run_id, status, input) values ($1, $2, $3, $4, 'pending', $5) on conflict do nothing`,
    [delivery.workspaceId, delivery.endpointId, delivery.hash, delivery.runId, encodePayload(delivery.input)],
  );
  return result.count > 0;
}

/**
 * Deliveries whose runs were not started, the oldest first.
 * @param page `limit`: rows, default 100; `minAgeMs`: how long ago they came at least, default 0
 */
export async function listPending(
  db: ExecutorDb,
  { limit = 100, minAgeMs = 0 }: { readonly limit?: number; readonly minAgeMs?: number } = {},
): Promise<readonly PendingDelivery[]> {
  const result = await db.query<{
    workspace_id: string;
    endpoint_id: string;
    delivery_hash: string;
    run_id: string;
    input: Buffer | null;
    at: Date;
  }>(
    `select workspace_id, endpoint_id, delivery_hash, run_id, input, at from deliveries
     where status = 'pending' and at <= now() - $2 * interval '1 ms' order by at limit $1`,
    [limit, minAgeMs],
    'deliveries_pending',
  );
  return result.rows.map((row) => ({
    workspaceId: row.workspace_id,
    endpointId: row.endpoint_id,
    hash: row.delivery_hash,
    runId: row.run_id,
    input: row.input === null ? null : decodePayload(row.input),
    at: row.at,
  }));
}

/** Says that a stored delivery's run has been started; its input is dropped, the run has it. */
export async function markStarted(db: ExecutorDb, key: DeliveryKey): Promise<void> {
  await db.query(
    `update deliveries set status = 'started', input = null where endpoint_id = $1 and delivery_hash = $2 and status = 'pending'`,
    [key.endpointId, key.hash],
  );
}

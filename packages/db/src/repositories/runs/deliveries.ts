import type { EndpointId, JsonValue, RunId, WorkspaceId } from '@millwright/core';
import type { ReplyMessage } from '@millwright/workflow';
import type { RunStatus } from '@millwright/workflow/states';
import { decodePayload, encodePayload } from '../../payload.ts';
import { Batch } from '../../ledger/batch.ts';
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

type NewPending = Omit<PendingDelivery, 'at'>;

/** One alone: its input goes as bytes, which an array of them would double. */
async function storeOne(db: ExecutorDb, { workspaceId, endpointId, hash, runId, input }: NewPending): Promise<boolean> {
  const result = await db.query(
    `insert into deliveries (workspace_id, endpoint_id, delivery_hash, run_id, status, input) values ($1, $2, $3, $4, 'pending', $5) on conflict do nothing`,
    [workspaceId, endpointId, hash, runId, encodePayload(input)],
    'delivery_pending',
  );
  return result.count > 0;
}

/** In the order of the keys, so that two processes that are sent the same never wait for each other. */
async function storeSome(db: ExecutorDb, some: readonly NewPending[]): Promise<readonly boolean[]> {
  const result = await db.query<{ name: string }>(
    `insert into deliveries (workspace_id, endpoint_id, delivery_hash, run_id, status, input)
     select workspace_id, endpoint_id, delivery_hash, run_id, 'pending', input
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[]) as d (workspace_id, endpoint_id, delivery_hash, run_id, input)
     order by endpoint_id collate "C", delivery_hash collate "C" on conflict do nothing returning endpoint_id || ' ' || delivery_hash as name`,
    [
      some.map(({ workspaceId }) => workspaceId),
      some.map(({ endpointId }) => endpointId),
      some.map(({ hash }) => hash),
      some.map(({ runId }) => runId),
      some.map(({ input }) => encodePayload(input)),
    ],
    'deliveries_store',
  );
  const stored = new Set(result.rows.map(({ name }) => name));
  // What came twice at once is new once.
  return some.map(({ endpointId, hash }) => stored.delete(`${endpointId} ${hash}`));
}

/**
 * Keeps deliveries whose runs cannot be started now, with everything that their start needs. Those that come while a statement is under way
 * share the next one, its round trip and its commit.
 * @returns a function that gives false where a delivery was stored or started before (answer from `find`), and throws TransientError
 *   `database_unavailable`
 */
export function pendingStore(db: ExecutorDb): (delivery: NewPending) => Promise<boolean> {
  const batch = new Batch<NewPending, boolean>(async (some) => {
    const [first, ...others] = some;
    return first !== undefined && others.length === 0 ? [await storeOne(db, first)] : storeSome(db, some);
  });
  return async (delivery) => batch.add(delivery);
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

/**
 * Says that a stored delivery's run has been started; its input is dropped, the run has it. Does not wait for the disk: where that is lost with
 * Postgres, the run is started once more, which Temporal refuses; what the run itself stores later is never on disk before it.
 */
export async function markStarted(db: ExecutorDb, key: DeliveryKey): Promise<void> {
  await db.query(
    `with relaxed as materialized (select set_config('synchronous_commit', 'off', true) as v)
     update deliveries set status = 'started', input = null from relaxed where endpoint_id = $1 and delivery_hash = $2 and status = 'pending'`,
    [key.endpointId, key.hash],
    'delivery_started',
  );
}

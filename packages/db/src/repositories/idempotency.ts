import type { JsonValue } from '@millwright/core';
import { firstOf, type TenantTx } from '../queryable.ts';

/** A write that carries an `Idempotency-Key`. */
export interface Claim {
  /** Of person, address and key. */
  readonly keyHash: string;
  /** Of everything else: the same key with another request is a mistake. */
  readonly requestHash: string;
}

/** What is known of a key. */
export interface KnownAnswer {
  readonly requestHash: string;
  /** Null while the write runs, or when its process died after the commit. */
  readonly status: number | null;
  /** Null too where the answer held a secret or was empty. */
  readonly answer: JsonValue | null;
}

/** How long an answer is kept. */
const LIFE = `interval '24 hours'`;

/** What is known of a key; null when it is new or its day is over. */
export async function find(tx: TenantTx, keyHash: string): Promise<KnownAnswer | null> {
  const row = firstOf(
    await tx.query<{ request_hash: string; status: number | null; answer: JsonValue | null }>(
      `select request_hash, status, answer from idempotent_answers where workspace_id = $1 and key_hash = $2 and created_at > now() - ${LIFE}`,
      [tx.workspaceId, keyHash],
    ),
  );
  return row === null ? null : { requestHash: row.request_hash, status: row.status, answer: row.answer };
}

/**
 * Takes a key in the transaction of what it creates: rolled back with it. Waits for another transaction that takes the same.
 * @returns false when somebody has it
 */
export async function claim(tx: TenantTx, fresh: Claim): Promise<boolean> {
  await tx.query(`delete from idempotent_answers where workspace_id = $1 and created_at <= now() - ${LIFE}`, [tx.workspaceId]);
  const inserted = await tx.query(
    'insert into idempotent_answers (workspace_id, key_hash, request_hash) values ($1, $2, $3) on conflict do nothing',
    [tx.workspaceId, fresh.keyHash, fresh.requestHash],
  );
  return inserted.count > 0;
}

/** Stores the answer of a write that was carried out. */
export async function settle(tx: TenantTx, done: Claim & { readonly status: number; readonly answer: JsonValue | null }): Promise<void> {
  await tx.query(
    `insert into idempotent_answers (workspace_id, key_hash, request_hash, status, answer) values ($1, $2, $3, $4, $5::json)
     on conflict (workspace_id, key_hash) do update set status = excluded.status, answer = excluded.answer
     where idempotent_answers.request_hash = excluded.request_hash`,
    [tx.workspaceId, done.keyHash, done.requestHash, done.status, done.answer === null ? null : JSON.stringify(done.answer)],
  );
}

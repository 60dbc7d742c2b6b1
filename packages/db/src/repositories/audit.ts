import { canonicalJson, newId, type JsonObject } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import { cleanJson } from '../payload.ts';
import { firstOf, type TenantTx } from '../queryable.ts';

/** One line of the audit log. */
export interface AuditEntry {
  /** Who did it; `id` is null for the system. */
  readonly actor: { readonly kind: 'user' | 'apiKey' | 'system'; readonly id: string | null };
  /** `workflow.publish`, `member.remove`. */
  readonly action: string;
  readonly target: { readonly kind: string; readonly id: string | null };
  /** What changed; never secrets or payloads. */
  readonly details?: JsonObject;
}

/** What the chain starts from. */
const GENESIS = '0'.repeat(64);

/**
 * Writes a line in the transaction of what it reports: both happen or neither. Each line's hash covers the line
 * before it, so that a changed or missing one shows. Lines of one workspace are written one at a time.
 */
export async function append(tx: TenantTx, entry: AuditEntry): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('millwright:audit'), hashtext($1))`, [tx.workspaceId]);
  const last = firstOf(
    await tx.query<{ seq: string; hash: string }>('select seq, hash from audit_log where workspace_id = $1 order by seq desc limit 1', [
      tx.workspaceId,
    ]),
  );
  const seq = Number(last?.seq ?? 0) + 1;
  const previousHash = last?.hash ?? GENESIS;
  const id = newId('audit');
  const at = new Date();
  const details = cleanJson(entry.details ?? {});
  const hash = hashHex(
    canonicalJson([
      previousHash,
      tx.workspaceId,
      seq,
      id,
      at.toISOString(),
      entry.actor.kind,
      entry.actor.id,
      entry.action,
      entry.target.kind,
      entry.target.id,
      details,
    ]),
  );
  await tx.query(
    `insert into audit_log (workspace_id, seq, id, at, actor_kind, actor_id, action, target_kind, target_id, details, previous_hash, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::json, $11, $12)`,
    [
      tx.workspaceId,
      seq,
      id,
      at,
      entry.actor.kind,
      entry.actor.id,
      entry.action,
      entry.target.kind,
      entry.target.id,
      details,
      previousHash,
      hash,
    ],
  );
}

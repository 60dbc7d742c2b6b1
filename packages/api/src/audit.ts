import type { JsonObject } from '@millwright/core';
import { audit, type TenantTx } from '@millwright/db';
import type { AuditAction } from './registry/route.ts';

/** Writes a person's entry of the audit log, in the transaction of what it reports. */
export async function appendAudit(
  tx: TenantTx,
  entry: {
    readonly action: AuditAction;
    readonly actorId: string;
    readonly target: { readonly kind: string; readonly id: string };
    readonly details: JsonObject;
  },
): Promise<void> {
  const { action, actorId, target, details } = entry;
  await audit.append(tx, { actor: { kind: 'user', id: actorId }, action, target, details });
}

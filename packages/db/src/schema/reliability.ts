import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** A proof of reliability that a person started. */
export const reliabilityProofs = pgTable(
  'reliability_proofs',
  {
    workspaceId: text('workspace_id').notNull(),
    id: text().notNull(),
    workflowId: text('workflow_id').notNull(),
    status: text().notNull(),
    startedBy: text('started_by').notNull(),
    startedAt: instant('started_at').notNull().defaultNow(),
    runIds: text('run_ids').array().notNull(),
    accepted: integer().notNull().default(0),
    killedPid: integer('killed_pid'),
    killedAt: instant('killed_at'),
    finishedAt: instant('finished_at'),
    succeeded: integer(),
    lost: integer(),
    effects: integer(),
    repeated: integer(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/** What reached the receiver of a proof. */
export const reliabilityReceipts = pgTable(
  'reliability_receipts',
  {
    workspaceId: text('workspace_id').notNull(),
    proofId: text('proof_id').notNull(),
    effect: text().notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    received: integer().notNull().default(1),
    firstAt: instant('first_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.proofId, table.effect, table.idempotencyKey] })],
);

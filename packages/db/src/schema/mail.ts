import { boolean, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.ts';

/** The mail server of the install; one row or none. */
export const mailSettings = pgTable('mail_settings', {
  singleton: boolean().primaryKey().default(true),
  host: text().notNull(),
  port: integer().notNull(),
  security: text().notNull(),
  username: text(),
  sealedPassword: bytea('sealed_password'),
  fromAddress: text('from_address').notNull(),
  fromName: text('from_name'),
  updatedBy: text('updated_by').notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
  health: text().notNull().default('untested'),
  healthCode: text('health_code'),
  healthText: text('health_text'),
  healthAt: instant('health_at'),
  faults: integer().notNull().default(0),
  pausedUntil: instant('paused_until'),
});

/** Mails that were decided upon, in the transaction of what caused them. */
export const mailOutbox = pgTable(
  'mail_outbox',
  {
    workspaceId: text('workspace_id').notNull(),
    id: text().notNull(),
    kind: text().notNull(),
    recipient: text().notNull(),
    subject: text().notNull(),
    about: text(),
    messageId: text('message_id').notNull(),
    state: text().notNull().default('waiting'),
    sealed: bytea('sealed'),
    attempts: integer().notNull().default(0),
    nextAt: instant('next_at').notNull().defaultNow(),
    claim: text(),
    claimedUntil: instant('claimed_until'),
    errorCode: text('error_code'),
    errorText: text('error_text'),
    errorAt: instant('error_at'),
    expiresAt: instant('expires_at').notNull(),
    sentAt: instant('sent_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

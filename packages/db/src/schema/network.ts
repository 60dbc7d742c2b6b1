import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Hosts that the work of a workspace may reach; no row: every public one. */
export const networkRules = pgTable('network_rules', {
  workspaceId: text('workspace_id').primaryKey(),
  allow: text().array().notNull().default([]),
  deny: text().array().notNull().default([]),
  updatedBy: text('updated_by').notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});

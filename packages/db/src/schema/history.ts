import { json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Earlier states of drafts. */
export const restorePoints = pgTable(
  'restore_points',
  {
    workspaceId: text('workspace_id').notNull(),
    id: text().notNull(),
    workflowId: text('workflow_id').notNull(),
    cause: text({ enum: ['edit', 'removal', 'restore', 'name'] }).notNull(),
    name: text(),
    document: json().notNull(),
    documentHash: text('document_hash').notNull(),
    madeBy: text('made_by'),
    at: instant('at').notNull(),
    keptAt: instant('kept_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

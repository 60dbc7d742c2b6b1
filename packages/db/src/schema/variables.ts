import { integer, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Values that expressions read as `$vars.name`; never secrets. */
export const variables = pgTable(
  'variables',
  {
    workspaceId: text('workspace_id').notNull(),
    scope: text().notNull().default('workspace'),
    key: text().notNull(),
    value: json().notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    updatedBy: text('updated_by'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.scope, table.key] })],
);

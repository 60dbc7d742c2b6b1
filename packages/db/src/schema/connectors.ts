import { integer, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Connectors that were made of services' descriptions; rows are added and hidden, and nothing else of them changes. */
export const importedConnectors = pgTable('imported_connectors', {
  key: text().primaryKey(),
  workspaceId: text('workspace_id').notNull(),
  title: text().notNull(),
  content: json().notNull(),
  source: text().notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  removedAt: instant('removed_at'),
  baseUrl: text('base_url'),
});

/** Their later versions, from 2 on; rows are added, and nothing of them changes. */
export const importedConnectorVersions = pgTable(
  'imported_connector_versions',
  {
    key: text().notNull(),
    version: integer().notNull(),
    workspaceId: text('workspace_id').notNull(),
    content: json().notNull(),
    source: text().notNull(),
    baseUrl: text('base_url'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.key, table.version] })],
);

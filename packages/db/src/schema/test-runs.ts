import { boolean, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** A draft as a test run ran it. */
export const testVersions = pgTable(
  'test_versions',
  {
    workspaceId: text('workspace_id').notNull(),
    id: text().notNull(),
    workflowId: text('workflow_id').notNull(),
    document: json().notNull(),
    planHash: text('plan_hash').notNull(),
    dryRun: boolean('dry_run').notNull(),
    cacheKeys: json('cache_keys').notNull(),
    createdBy: text('created_by'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/** Sample data that somebody pinned to a node. */
export const pins = pgTable(
  'pins',
  {
    workspaceId: text('workspace_id').notNull(),
    workflowId: text('workflow_id').notNull(),
    nodeId: text('node_id').notNull(),
    outputs: json().notNull(),
    contentHash: text('content_hash').notNull(),
    pinnedBy: text('pinned_by'),
    pinnedAt: instant('pinned_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.workflowId, table.nodeId] })],
);

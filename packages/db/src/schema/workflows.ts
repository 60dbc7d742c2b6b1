import { boolean, integer, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.ts';

/** The thing that is owned, named, switched on and off. */
export const workflows = pgTable(
  'workflows',
  {
    workspaceId: text('workspace_id').notNull(),
    id: text().notNull(),
    projectId: text('project_id').notNull(),
    name: text().notNull(),
    active: boolean().notNull().default(true),
    liveVersionId: text('live_version_id'),
    archivedAt: instant('archived_at'),
    createdBy: text('created_by'),
    updatedBy: text('updated_by'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/** A workflow's editable state: the Yjs bytes, and the document that they mean. */
export const drafts = pgTable(
  'drafts',
  {
    workspaceId: text('workspace_id').notNull(),
    workflowId: text('workflow_id').notNull(),
    revision: integer().notNull().default(1),
    document: json().notNull(),
    documentHash: text('document_hash').notNull(),
    yState: bytea('y_state').notNull(),
    triggerTypes: text('trigger_types').array().notNull().default([]),
    updatedBy: text('updated_by'),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.workflowId] })],
);

/** Who changed which part of a draft, and when last. */
export const draftChanges = pgTable(
  'draft_changes',
  {
    workspaceId: text('workspace_id').notNull(),
    workflowId: text('workflow_id').notNull(),
    path: text().notNull(),
    userId: text('user_id').notNull(),
    changedAt: instant('changed_at').notNull(),
    settled: boolean().notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.workflowId, table.path, table.userId] })],
);

/** A compiled graph, content-addressed: its control skeleton. */
export const plans = pgTable(
  'plans',
  {
    workspaceId: text('workspace_id').notNull(),
    planHash: text('plan_hash').notNull(),
    workflowName: text('workflow_name').notNull(),
    skeleton: json().notNull(),
    settings: json().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.planHash] })],
);

/** What a node of a plan is configured with. */
export const planNodes = pgTable(
  'plan_nodes',
  {
    workspaceId: text('workspace_id').notNull(),
    planHash: text('plan_hash').notNull(),
    nodeId: text('node_id').notNull(),
    config: json().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.planHash, table.nodeId] })],
);

/** An immutable published snapshot. */
export const workflowVersions = pgTable(
  'workflow_versions',
  {
    workspaceId: text('workspace_id').notNull(),
    id: text().notNull(),
    workflowId: text('workflow_id').notNull(),
    number: integer().notNull(),
    document: json().notNull(),
    documentHash: text('document_hash').notNull(),
    planHash: text('plan_hash').notNull(),
    note: text().notNull().default(''),
    publishedBy: text('published_by'),
    publishedAt: instant('published_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/** A URL that starts runs of the live version, stable per node. */
export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    workspaceId: text('workspace_id').notNull(),
    id: text().notNull(),
    workflowId: text('workflow_id').notNull(),
    nodeId: text('node_id').notNull(),
    answer: text({ enum: ['now', 'respond', 'end'] }).notNull(),
    settings: json().notNull(),
    active: boolean().notNull().default(true),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

import { bigint, date, integer, json, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.ts';

/** One execution; how it ended is decided here. */
export const runs = pgTable(
  'runs',
  {
    workspaceId: text('workspace_id').notNull(),
    runId: text('run_id').notNull(),
    workflowId: text('workflow_id').notNull(),
    workflowName: text('workflow_name').notNull(),
    versionId: text('version_id').notNull(),
    planHash: text('plan_hash').notNull(),
    triggerNodeId: text('trigger_node_id').notNull(),
    mode: text().notNull(),
    originDay: date('origin_day').notNull(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    save: text().notNull(),
    replyMode: text('reply_mode').notNull(),
    startedBy: text('started_by'),
    status: text().notNull(),
    reason: text(),
    waitsFor: jsonb('waits_for'),
    error: jsonb(),
    owner: text(),
    cancelAt: instant('cancel_at'),
    cancelBy: text('cancel_by'),
    resumesRunId: text('resumes_run_id'),
    originRunId: text('origin_run_id'),
    rerunOf: text('rerun_of'),
    pauseAt: instant('pause_at'),
    pauseBy: text('pause_by'),
    parentRunId: text('parent_run_id'),
    parent: jsonb(),
    failureOf: text('failure_of'),
    result: json(),
    fixed: json(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.runId] })],
);

/** One activation of a node. */
export const nodeRuns = pgTable(
  'node_runs',
  {
    workspaceId: text('workspace_id').notNull(),
    runId: text('run_id').notNull(),
    nodeId: text('node_id').notNull(),
    runIndex: integer('run_index').notNull(),
    status: text().notNull(),
    reason: text(),
    waitsFor: jsonb('waits_for'),
    error: jsonb(),
    attempts: integer().notNull(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    counts: jsonb().notNull(),
    inputs: bytea(),
    outputs: bytea(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.runId, table.nodeId, table.runIndex] })],
);

/** The effect ledger: one row per try, partitioned by the origin run's day. */
export const attempts = pgTable(
  'attempts',
  {
    workspaceId: text('workspace_id').notNull(),
    originDay: date('origin_day').notNull(),
    key: text().notNull(),
    attempt: integer().notNull(),
    runId: text('run_id').notNull(),
    nodeId: text('node_id').notNull(),
    runIndex: integer('run_index').notNull(),
    itemIndex: integer('item_index').notNull(),
    class: text().notNull(),
    seq: bigint({ mode: 'number' }),
    status: text().notNull(),
    owner: text().notNull(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    requestHash: text('request_hash'),
    response: bytea(),
    responseRef: text('response_ref'),
    error: jsonb(),
    businessKey: text('business_key'),
    configHash: text('config_hash'),
    inputHash: text('input_hash'),
    atMs: bigint('at_ms', { mode: 'number' }),
    timeMs: bigint('time_ms', { mode: 'number' }),
  },
  (table) => [primaryKey({ columns: [table.originDay, table.key, table.attempt] })],
);

/** What a run waits for a person or another run to decide. */
export const waits = pgTable(
  'waits',
  {
    workspaceId: text('workspace_id').notNull(),
    token: text().notNull(),
    runId: text('run_id').notNull(),
    nodeId: text('node_id').notNull(),
    runIndex: integer('run_index').notNull(),
    kind: text().notNull(),
    until: instant('until'),
    decision: json(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    seq: bigint({ mode: 'number' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    itemIndex: integer('item_index').notNull().default(-1),
    attempt: integer().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.token] })],
);

/** A failed run whose workflow names a handler, until the handler's run is started. */
export const failureHandlings = pgTable(
  'failure_handlings',
  {
    workspaceId: text('workspace_id').notNull(),
    runId: text('run_id').notNull(),
    handlerWorkflowId: text('handler_workflow_id').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    startedAt: instant('started_at'),
    fault: text(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.runId] })],
);

/** A webhook request that was accepted, and what it was answered. */
export const deliveries = pgTable(
  'deliveries',
  {
    workspaceId: text('workspace_id').notNull(),
    endpointId: text('endpoint_id').notNull(),
    deliveryHash: text('delivery_hash').notNull(),
    runId: text('run_id').notNull(),
    status: text({ enum: ['pending', 'started'] }).notNull(),
    input: bytea(),
    reply: bytea(),
    at: instant('at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.endpointId, table.deliveryHash] })],
);

/** A stored list of items or a file. */
export const blobs = pgTable(
  'blobs',
  {
    workspaceId: text('workspace_id').notNull(),
    id: text().notNull(),
    runId: text('run_id').notNull(),
    kind: text({ enum: ['items', 'file'] }).notNull(),
    sha256: text().notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    storedBytes: bigint('stored_bytes', { mode: 'number' }).notNull(),
    itemCount: integer('item_count'),
    mediaType: text('media_type'),
    chunks: integer().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/** A compressed stretch of a blob. */
export const blobChunks = pgTable(
  'blob_chunks',
  {
    workspaceId: text('workspace_id').notNull(),
    blobId: text('blob_id').notNull(),
    position: integer().notNull(),
    data: bytea().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.blobId, table.position] })],
);

/** A process incarnation that may act, until its lease ends. */
export const owners = pgTable('owners', {
  owner: text().primaryKey(),
  leaseUntil: instant('lease_until').notNull(),
  openSegments: text('open_segments').array().notNull().default([]),
  startedAt: instant('started_at').notNull().defaultNow(),
});

/** How often a run was open when its process died. */
export const runLosses = pgTable('run_losses', {
  runId: text('run_id').primaryKey(),
  losses: integer().notNull(),
  /** Null: it died before it had a row. */
  planHash: text('plan_hash'),
  lastAt: instant('last_at').notNull().defaultNow(),
});

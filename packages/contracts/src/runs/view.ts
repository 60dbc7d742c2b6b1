import type { EndReason, Item, NodeRunStatus, RunError, SkipReason, WaitsFor } from '@millwright/workflow';
import { z } from 'zod';
import { idField, jsonField, timeField } from '../fields.ts';
import { runStatusSchema } from '../workflows/view.ts';

/** Path parameter of everything about one run. */
export const runParams = z.object({ runId: idField });

const endReasons = ['error', 'timeout', 'user', 'terminated', 'limit'] as const satisfies readonly EndReason[];
const skipReasons = ['alreadyDone', 'notTaken', 'disabled', 'reused', 'pinned', 'simulated'] as const satisfies readonly SkipReason[];

/** Why a run ended badly. */
const endReasonSchema: z.ZodType<EndReason, EndReason> = z.enum(endReasons);
/** What a waiting run or node run waits for; `untilMs` in ms since 1970. */
const waitsForSchema: z.ZodType<WaitsFor, WaitsFor> = z.object({
  kind: z.enum(['timer', 'retry', 'approval', 'webhook', 'form', 'child', 'credential', 'capacity', 'pause', 'outcome']),
  untilMs: z.number().exactOptional(),
  who: z.string().exactOptional(),
});
/** An error as it is stored and shown. */
export const runErrorSchema: z.ZodType<RunError, RunError> = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string().exactOptional(),
  nodeId: z.string().exactOptional(),
  field: z.string().exactOptional(),
  line: z.int().exactOptional(),
  column: z.int().exactOptional(),
  itemIndex: z.int().exactOptional(),
  reason: endReasonSchema.exactOptional(),
  kind: z.string().exactOptional(),
  retryAfterMs: z.number().exactOptional(),
  /** The called run that failed. */
  runId: z.string().exactOptional(),
});
/** One unit of data on an edge. */
export const itemSchema: z.ZodType<Item, Item> = z.object({
  json: jsonField,
  files: z.record(z.string(), z.record(z.string(), jsonField)).exactOptional(),
  error: z.record(z.string(), jsonField).exactOptional(),
  from: z.array(z.int()).exactOptional(),
});

/** What a run was started by; `test`: the editor. */
export const runModeSchema = z.enum(['webhook', 'manual', 'called', 'failure', 'test']);

/** A run as one line of the list. */
export const runSummarySchema = z.object({
  id: z.string(),
  workflowId: z.string(),
  workflowName: z.string(),
  versionId: z.string(),
  versionNumber: z.int(),
  status: runStatusSchema,
  reason: endReasonSchema.nullable(),
  waitsFor: waitsForSchema.nullable(),
  mode: runModeSchema,
  startedAt: timeField,
  finishedAt: timeField.nullable(),
  durationMs: z.number().nullable(),
  error: runErrorSchema.nullable(),
  /** The run that called it. */
  parentRunId: z.string().exactOptional(),
  /** The run that it goes on with. */
  resumesRunId: z.string().exactOptional(),
  /** The run that goes on with it. */
  resumedByRunId: z.string().exactOptional(),
  /** The run whose input it was started with. */
  rerunOfRunId: z.string().exactOptional(),
  /** Somebody paused it. */
  pauseRequested: z.literal(true).exactOptional(),
  /** Somebody canceled it, and it has not ended yet. */
  cancelRequested: z.literal(true).exactOptional(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

const nodeRunStatusSchema: z.ZodType<NodeRunStatus, NodeRunStatus> = z.enum([
  'pending',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'skipped',
  'canceled',
]);

/** One activation of a node, without its data. */
export const nodeRunSummarySchema = z.object({
  nodeId: z.string(),
  runIndex: z.int(),
  status: nodeRunStatusSchema,
  reason: z.enum([...endReasons, ...skipReasons]).nullable(),
  waitsFor: waitsForSchema.nullable(),
  error: runErrorSchema.nullable(),
  attempts: z.int(),
  startedAt: timeField,
  finishedAt: timeField.nullable(),
  /** Items by input port. */
  inputCounts: z.record(z.string(), z.int()),
  /** Items by output port. */
  outputCounts: z.record(z.string(), z.int()),
  /** Of a map: items that are done, that failed, and all. */
  progress: z.object({ done: z.int(), failed: z.int(), total: z.int() }).exactOptional(),
});
export type NodeRunSummary = z.infer<typeof nodeRunSummarySchema>;

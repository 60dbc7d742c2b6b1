import type { RunStatus } from '@millwright/workflow';
import { z } from 'zod';
import { idField, personSchema, timeField } from '../fields.ts';

/** `draft`: never published. `live`: its triggers work. `off`: published and switched off. */
const workflowStateSchema = z.enum(['draft', 'live', 'off']);

/** Statuses of a run. */
export const runStatusSchema: z.ZodType<RunStatus, RunStatus> = z.enum(['queued', 'running', 'waiting', 'succeeded', 'failed', 'canceled']);

/** Path parameter of everything about one workflow. */
export const workflowParams = z.object({ workflowId: idField });

/** A webhook URL of a workflow; stable per node across publishes. */
export const endpointViewSchema = z.object({
  nodeId: z.string(),
  id: z.string(),
  url: z.string(),
  /** When the caller is answered. */
  answer: z.enum(['now', 'respond', 'end']),
});
export type EndpointView = z.infer<typeof endpointViewSchema>;

/** A workflow without its document. */
export const workflowViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: workflowStateSchema,
  liveVersion: z
    .object({ id: z.string(), number: z.int(), publishedAt: timeField, publishedBy: personSchema.nullable(), note: z.string() })
    .nullable(),
  draft: z.object({ revision: z.int(), /** Differs from the live version. */ changed: z.boolean() }),
  endpoints: z.array(endpointViewSchema),
  createdAt: timeField,
  updatedAt: timeField,
});
export type WorkflowView = z.infer<typeof workflowViewSchema>;

/** A workflow as one line of the list. */
export const workflowSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  state: workflowStateSchema,
  liveVersion: z.int().nullable(),
  draftChanged: z.boolean(),
  /** Node types of the draft's triggers, in drawing order. */
  triggerTypes: z.array(z.string()),
  lastRun: z.object({ id: z.string(), status: runStatusSchema, startedAt: timeField }).nullable(),
  createdAt: timeField,
  updatedAt: timeField,
  updatedBy: personSchema.nullable(),
});
export type WorkflowSummary = z.infer<typeof workflowSummarySchema>;

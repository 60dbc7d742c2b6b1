import type { DocumentChange } from '@millwright/workflow/difference';
import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { timeField } from '../fields.ts';
import { workflowParams } from './view.ts';

const KINDS = [
  'nodeAdded',
  'nodeRemoved',
  'nodeRenamed',
  'nodeMoved',
  'parentChanged',
  'parameterChanged',
  'settingChanged',
  'edgeAdded',
  'edgeRemoved',
  'edgeLabelChanged',
  'workflowSettingChanged',
  'workflowRenamed',
  'annotationChanged',
] as const satisfies readonly DocumentChange['kind'][];

/** Name of one change: of what it touches, and of both values. The same part changed otherwise is another change. */
export const changeIdField = z.string().regex(/^[0-9a-f]{12}$/, 'not the id of a change');

/** Most changes that can be chosen one by one. */
export const MAX_CHOSEN_CHANGES = 4000;

const authorSchema = z.object({ id: z.string(), /** Null: they have left. */ name: z.string().nullable(), at: timeField });

const draftChangeSchema = z.object({
  id: z.string(),
  /** What it touches: `nodes/http_k3f9a/parameters/url`. */
  path: z.string(),
  /** What is there before and after; a value that is not there has no field. */
  change: z.looseObject({ kind: z.enum(KINDS) }) as unknown as z.ZodType<DocumentChange, DocumentChange>,
  /** Everybody who changed it since it was published, the last first; empty: it is not known who did. */
  authors: z.array(authorSchema),
  /** Changes without which this one cannot be published. */
  needs: z.array(z.string()),
});
export type DraftChangeView = z.infer<typeof draftChangeSchema>;

const reachSchema = z.object({
  /** Average of the last seven days, test runs left out; at most 10,000. */
  runsPerDay: z.number(),
  /** Live workflows that start this one. */
  callers: z.array(z.object({ id: z.string(), name: z.string() })),
  /** When a trigger of the live version asks its service next. */
  nextAt: timeField.nullable(),
});

const workflowChangesSchema = z.object({
  /** Of the draft that was compared. */
  revision: z.int(),
  /** What it was compared with; null: with an empty workflow, as nothing is live. */
  live: z.object({ id: z.string(), number: z.int() }).nullable(),
  /** Number that the next version gets. */
  nextNumber: z.int(),
  changes: z.array(draftChangeSchema),
  reach: reachSchema,
});
export type WorkflowChangesView = z.infer<typeof workflowChangesSchema>;

/** What publishing would change: each change with who made it and what it needs, and what hangs on the live version. */
export const listChanges = defineEndpoint({
  method: 'GET',
  path: '/api/v1/workflows/:workflowId/changes',
  summary: 'What the draft changes in the live version',
  params: workflowParams,
  answer: { status: 200, body: workflowChangesSchema },
});

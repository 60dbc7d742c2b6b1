import { workflowDocumentSchema } from '@millwright/workflow';
import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { workflowParams } from '../workflows/view.ts';

/** A draft as JSON; the `ETag` header is its revision in quotes. */
export const draftViewSchema = z.object({ document: workflowDocumentSchema, revision: z.int() });
export type DraftView = z.infer<typeof draftViewSchema>;

/** The draft with everything that was typed up to now. */
export const getDraft = defineEndpoint({
  method: 'GET',
  path: '/api/v1/drafts/:workflowId',
  summary: 'The draft of a workflow',
  params: workflowParams,
  answer: { status: 200, body: draftViewSchema },
});

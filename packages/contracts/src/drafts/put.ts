import { workflowDocumentSchema } from '@millwright/workflow';
import { defineEndpoint } from '../endpoint.ts';
import { workflowParams } from '../workflows/view.ts';
import { draftViewSchema } from './get.ts';

/** Replaces the draft: the difference is applied to the shared document, so that open editors see it. 412 when stale, 428 without `If-Match`. */
export const putDraft = defineEndpoint({
  method: 'PUT',
  path: '/api/v1/drafts/:workflowId',
  summary: 'Replace the draft of a workflow',
  params: workflowParams,
  body: workflowDocumentSchema,
  ifMatch: true,
  answer: { status: 200, body: draftViewSchema },
});

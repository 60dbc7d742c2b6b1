import { workflowDocumentSchema, type WorkflowDocument } from '@millwright/workflow';
import type { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { workflowParams } from '../workflows/view.ts';
import { draftViewSchema } from './get.ts';

/** Refuses an edge without a node at its end: the draft could not hold it, and it would be lost without a word. */
function refuseDangling({ nodes, edges }: WorkflowDocument, context: z.RefinementCtx): void {
  const ids = new Set(nodes.map((node) => node.id));
  for (const [index, edge] of edges.entries()) {
    for (const end of ['from', 'to'] as const)
      if (!ids.has(edge[end]))
        context.addIssue({ code: 'custom', path: ['edges', index, end], message: `there is no node "${edge[end]}"` });
  }
}

/** Replaces the draft: the difference is applied to the shared document, so that open editors see it. 412 when stale, 428 without `If-Match`. */
export const putDraft = defineEndpoint({
  method: 'PUT',
  path: '/api/v1/drafts/:workflowId',
  summary: 'Replace the draft of a workflow',
  params: workflowParams,
  body: workflowDocumentSchema.superRefine(refuseDangling),
  ifMatch: true,
  answer: { status: 200, body: draftViewSchema },
});

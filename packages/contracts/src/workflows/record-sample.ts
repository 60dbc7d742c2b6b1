import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { workflowParams } from './view.ts';

/**
 * Makes what a step gave last the sample of its type, written into the node package without secrets and personal data: only where the server
 * follows the sources of node packages. 404 `sample_not_followed`, `sample_no_package`, `sample_no_output`; 422 `sample_does_not_fit`.
 */
export const recordSample = defineEndpoint({
  method: 'POST',
  path: '/api/v1/workflows/:workflowId/record-sample',
  summary: 'Record a sample for a node package',
  params: workflowParams,
  body: z.strictObject({ nodeId: z.string().min(1).max(64) }),
  answer: {
    status: 200,
    body: z.object({
      /** Where it was written, relative to the checkout. */
      file: z.string(),
      /** Values that were replaced. */
      replaced: z.int(),
    }),
  },
});

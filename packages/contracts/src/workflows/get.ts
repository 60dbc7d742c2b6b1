import { defineEndpoint } from '../endpoint.ts';
import { workflowParams, workflowViewSchema } from './view.ts';

/** One workflow. */
export const getWorkflow = defineEndpoint({
  method: 'GET',
  path: '/api/v1/workflows/:workflowId',
  summary: 'One workflow',
  params: workflowParams,
  answer: { status: 200, body: workflowViewSchema },
});

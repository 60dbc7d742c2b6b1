import { defineEndpoint } from '../endpoint.ts';
import { workflowParams } from './view.ts';

/** Archives a workflow: it leaves the list and its triggers stop; its runs stay. */
export const removeWorkflow = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/workflows/:workflowId',
  summary: 'Archive a workflow',
  params: workflowParams,
  answer: { status: 204 },
});

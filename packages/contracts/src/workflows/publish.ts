import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { endpointViewSchema, workflowParams } from './view.ts';

/** Makes the draft an immutable version and switches it live. 422 `graph_invalid` lists every problem. */
export const publishWorkflow = defineEndpoint({
  method: 'POST',
  path: '/api/v1/workflows/:workflowId/publish',
  summary: 'Publish the draft',
  params: workflowParams,
  body: z.strictObject({ note: z.string().trim().max(2000).default('') }).default({ note: '' }),
  answer: {
    status: 201,
    body: z.object({ version: z.object({ id: z.string(), number: z.int() }), endpoints: z.array(endpointViewSchema) }),
  },
});

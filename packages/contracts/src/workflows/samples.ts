import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { timeField } from '../fields.ts';
import { itemSchema } from '../runs/view.ts';
import { workflowParams } from './view.ts';

/** What each node put out last, at most 20 items per port; previews of expressions are made from it. */
export const getSamples = defineEndpoint({
  method: 'GET',
  path: '/api/v1/workflows/:workflowId/samples',
  summary: 'Latest outputs per node',
  params: workflowParams,
  answer: {
    status: 200,
    body: z.object({
      nodes: z.record(z.string(), z.object({ runId: z.string(), at: timeField, outputs: z.record(z.string(), z.array(itemSchema)) })),
    }),
  },
});

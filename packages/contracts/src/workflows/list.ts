import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { pageOf, pageQuery } from '../fields.ts';
import { workflowSummarySchema } from './view.ts';

/** Workflows, the last changed first; `query` searches names. */
export const listWorkflows = defineEndpoint({
  method: 'GET',
  path: '/api/v1/workflows',
  summary: 'Workflows',
  query: z.object({ query: z.string().max(200).optional(), ...pageQuery }),
  answer: { status: 200, body: pageOf(workflowSummarySchema) },
});

import { workflowDocumentSchema } from '@millwright/workflow';
import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { nodeRunSummarySchema, runParams, runSummarySchema } from './view.ts';

/** A run with the document that ran and its node runs in the order in which they started. */
export const runDetailSchema = runSummarySchema.extend({ document: workflowDocumentSchema, nodeRuns: z.array(nodeRunSummarySchema) });
export type RunDetail = z.infer<typeof runDetailSchema>;

/** One run. */
export const getRun = defineEndpoint({
  method: 'GET',
  path: '/api/v1/runs/:runId',
  summary: 'One run',
  params: runParams,
  answer: { status: 200, body: runDetailSchema },
});

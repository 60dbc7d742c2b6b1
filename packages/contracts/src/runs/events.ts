import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { nodeRunSummarySchema, runParams, runSummarySchema } from './view.ts';

/** Data of a `run` event: the run, and the node runs that changed (all of them in the first event). */
const runEventSchema = z.object({ run: runSummarySchema, nodeRuns: z.array(nodeRunSummarySchema) });
export type RunEventView = z.infer<typeof runEventSchema>;

/** One run live. The first event is complete; the stream ends with the run. */
export const watchRun = defineEndpoint({
  method: 'GET',
  path: '/api/v1/runs/:runId/events',
  summary: 'One run, live',
  params: runParams,
  answer: { status: 200, events: { run: runEventSchema } },
});

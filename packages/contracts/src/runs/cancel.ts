import { defineEndpoint } from '../endpoint.ts';
import { runParams, runSummarySchema } from './view.ts';

/** Asks an open run to stop: a request in flight is aborted, and what becomes of it is noted. 409 `run_ended`. */
export const cancelRun = defineEndpoint({
  method: 'POST',
  path: '/api/v1/runs/:runId/cancel',
  summary: 'Cancel a run',
  params: runParams,
  answer: { status: 202, body: runSummarySchema },
});

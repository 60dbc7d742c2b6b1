import { defineEndpoint } from '../endpoint.ts';
import { runParams, runSummarySchema } from './view.ts';

/** Ends an open run at once, without asking it. 409 `run_ended`. */
export const terminateRun = defineEndpoint({
  method: 'POST',
  path: '/api/v1/runs/:runId/terminate',
  summary: 'Terminate a run',
  params: runParams,
  answer: { status: 202, body: runSummarySchema },
});

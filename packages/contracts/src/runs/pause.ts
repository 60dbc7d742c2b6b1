import { defineEndpoint } from '../endpoint.ts';
import { runParams, runSummarySchema } from './view.ts';

/** Lets an open run start nothing new until it is unpaused; what is in flight finishes. 409 `run_ended`. */
export const pauseRun = defineEndpoint({
  method: 'POST',
  path: '/api/v1/runs/:runId/pause',
  summary: 'Pause a run',
  params: runParams,
  answer: { status: 202, body: runSummarySchema },
});

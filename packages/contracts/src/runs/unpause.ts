import { defineEndpoint } from '../endpoint.ts';
import { runParams, runSummarySchema } from './view.ts';

/** Lets a paused run go on. 409 `run_ended`. */
export const unpauseRun = defineEndpoint({
  method: 'POST',
  path: '/api/v1/runs/:runId/unpause',
  summary: 'Let a paused run go on',
  params: runParams,
  answer: { status: 202, body: runSummarySchema },
});

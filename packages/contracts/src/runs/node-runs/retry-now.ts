import { defineEndpoint } from '../../endpoint.ts';
import { runSummarySchema } from '../view.ts';
import { nodeRunParams } from './get.ts';

/** Does not wait for the time of the next try, or the end of a wait. 409 `already_decided`, `not_waiting`, `run_ended`. */
export const retryNodeRunNow = defineEndpoint({
  method: 'POST',
  path: '/api/v1/runs/:runId/node-runs/:nodeId/:runIndex/retry-now',
  summary: 'Try a waiting step now',
  params: nodeRunParams,
  answer: { status: 202, body: runSummarySchema },
});

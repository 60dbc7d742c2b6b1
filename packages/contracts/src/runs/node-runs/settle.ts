import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { jsonField } from '../../fields.ts';
import { runSummarySchema } from '../view.ts';
import { nodeRunParams } from './get.ts';

/**
 * Says what became of a request whose answer was lost; without `itemIndex` for every item that the node run asks about. `response` is
 * what the step hands on where it was `done`. 409 `already_decided`, `not_waiting`, `run_ended`.
 */
export const settleNodeRun = defineEndpoint({
  method: 'POST',
  path: '/api/v1/runs/:runId/node-runs/:nodeId/:runIndex/settle',
  summary: 'Settle a lost answer',
  params: nodeRunParams,
  body: z.strictObject({
    answer: z.enum(['done', 'notDone', 'sendAgain', 'sendAgainAsNew']),
    itemIndex: z.int().min(-1).max(2_147_483_647).exactOptional(),
    response: jsonField.exactOptional(),
  }),
  answer: { status: 202, body: runSummarySchema },
});

import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { pinnedOutputsSchema, pinParams, pinSchema } from './view.ts';

/** Pins sample data to a node: at most 1 MiB; test runs take it instead of running the node. 422 `test_node_unknown`. */
export const putPin = defineEndpoint({
  method: 'PUT',
  path: '/api/v1/workflows/:workflowId/pins/:nodeId',
  summary: 'Pin sample data to a node',
  params: pinParams,
  body: z.strictObject({ outputs: pinnedOutputsSchema }),
  answer: { status: 200, body: pinSchema },
});

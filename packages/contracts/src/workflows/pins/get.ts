import { defineEndpoint } from '../../endpoint.ts';
import { pinParams, pinSchema } from './view.ts';

/** What is pinned to a node. 404 `pin_unknown`. */
export const getPin = defineEndpoint({
  method: 'GET',
  path: '/api/v1/workflows/:workflowId/pins/:nodeId',
  summary: 'Pinned sample data of a node',
  params: pinParams,
  answer: { status: 200, body: pinSchema },
});

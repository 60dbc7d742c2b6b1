import { defineEndpoint } from '../../endpoint.ts';
import { pinParams } from './view.ts';

/** Takes pinned sample data away. 404 `pin_unknown`. */
export const removePin = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/workflows/:workflowId/pins/:nodeId',
  summary: 'Remove pinned sample data',
  params: pinParams,
  answer: { status: 204 },
});

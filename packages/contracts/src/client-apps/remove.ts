import { defineEndpoint } from '../endpoint.ts';
import { clientAppParams } from './view.ts';

/** Removes a client app: what was connected with it cannot be renewed any more. 404 `clientApp_unknown`. */
export const removeClientApp = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/client-apps/:connectorKey',
  summary: 'Remove a client app',
  params: clientAppParams,
  answer: { status: 204 },
});

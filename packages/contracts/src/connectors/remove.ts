import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';

/**
 * Takes a connector that was made of a description out of the picker. 409 `connector_in_use` with the workflows, while a draft or a live
 * version has its steps; runs and earlier versions that have them go on. 404 `connector_unknown` for others.
 */
export const removeConnector = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/connectors/:connectorKey',
  summary: 'Remove a connector made of an API description',
  params: z.object({ connectorKey: z.string().regex(/^[a-z][a-zA-Z0-9]{0,59}$/) }),
  answer: { status: 204 },
});

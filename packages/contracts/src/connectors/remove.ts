import { defineEndpoint } from '../endpoint.ts';
import { connectorParams } from './source.ts';

/**
 * Takes a connector that was made of a description out of the picker. 409 `connector_in_use` with the workflows, while a draft or a live
 * version has its steps; runs and earlier versions that have them go on. 404 `connector_unknown` for others.
 */
export const removeConnector = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/connectors/:connectorKey',
  summary: 'Remove a connector made of an API description',
  params: connectorParams,
  answer: { status: 204 },
});

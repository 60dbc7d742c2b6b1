import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { connectorChangesSchema } from './changes.ts';
import { importedConnectorSchema } from './import.ts';
import { connectorParams, described } from './source.ts';

/**
 * Reads a newer description of a connector that was made of one, and says what would change; nothing does by that. Of a description with too
 * many operations only those of the connector are looked at. 404 `connector_unknown`.
 */
export const compareConnector = defineEndpoint({
  method: 'POST',
  path: '/api/v1/connectors/:connectorKey/compare',
  summary: 'Compare a connector with a newer API description',
  params: connectorParams,
  body: described({}),
  answer: {
    status: 200,
    body: z.object({
      /** The version that it was compared with. */
      version: z.int(),
      found: importedConnectorSchema,
      changes: connectorChangesSchema,
    }),
  },
});

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';

/** One installed connector and what its suite proved. */
const connectorSchema = z.object({
  key: z.string(),
  title: z.string(),
  /** Made of a description in this product, and not installed with it. */
  isImported: z.boolean(),
  /** Of those that were made of a description: how that came. */
  made: z
    .object({
      /** From 1; each update adds one. */
      version: z.int(),
      /** The address of the description without its query, or the file's name. */
      source: z.string(),
      /** Where the service is, where somebody said so beside the description. */
      baseUrl: z.string().nullable(),
    })
    .exactOptional(),
  /** How many. */
  actions: z.int(),
  /** How many. */
  triggers: z.int(),
  /** `live`: against a real server. `contract`: by the service's own description. `ownContract`: by one written from its reference. */
  badge: z.enum(['live', 'contract', 'ownContract', 'none']),
  /** Of the seven scenarios that every connector runs as far as they apply to it. */
  scenariosPassed: z.int(),
  scenariosApplicable: z.int(),
  /** Requests that the description accepted. */
  contractRequests: z.int(),
  /** The vendor's own stand-in for its service that the suite ran against, too. Absent: none. */
  standIn: z.string().exactOptional(),
});
export type ConnectorView = z.infer<typeof connectorSchema>;

/** Installed connectors, by title. */
export const listConnectors = defineEndpoint({
  method: 'GET',
  path: '/api/v1/connectors',
  summary: 'Installed connectors and what is proved of them',
  answer: { status: 200, body: z.object({ items: z.array(connectorSchema) }) },
});

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { connectorParams, described, operations } from './source.ts';

/**
 * Makes the next version of a connector from a description that was compared before: steps that workflows have stay what they are, new ones
 * get the new version. 409 `connector_changed` where there is a newer version by now, 422 `description_changed`, `connector_unchanged`,
 * `hosts_unconfirmed` with the hosts.
 */
export const updateConnector = defineEndpoint({
  method: 'POST',
  path: '/api/v1/connectors/:connectorKey/versions',
  summary: 'Update a connector made of an API description',
  params: connectorParams,
  body: described({
    /** Those that are steps from now on: `GET /invoices`. */
    operations,
    /** What the comparison said: of the description, and the version that was there. */
    digest: z.string().max(100),
    version: z.int().min(1),
    /** Hosts that requests may go to besides those of before: all that the comparison named. */
    hosts: z.array(z.string().max(300)).max(200),
    /** For people, where the text came from: a file's name. Default none. */
    fileName: z.string().max(200).optional(),
  }),
  answer: { status: 201, body: z.object({ key: z.string(), title: z.string(), version: z.int(), actions: z.int() }) },
});

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { described, operations } from './source.ts';

/**
 * Adds a connector made of a description that was looked at before (`connectors.import`): its steps are in the picker at once, and stay what
 * they are. 409 `connector_exists`, 422 `description_changed` where the description is another one by now.
 */
export const addConnector = defineEndpoint({
  method: 'POST',
  path: '/api/v1/connectors',
  summary: 'Add a connector made of an API description',
  body: described({
    /** What people call it; steps are named after it. */
    title: z.string().trim().min(1).max(40),
    /** Those that become steps: `GET /invoices`. */
    operations,
    /** What the import said. */
    digest: z.string().max(100),
    /** For people, where the text came from: a file's name. Default none. */
    fileName: z.string().max(200).optional(),
  }),
  answer: { status: 201, body: z.object({ key: z.string(), title: z.string(), actions: z.int() }) },
});

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { described } from './source.ts';

const importedActionSchema = z.object({
  /** Within the connector: `invoice.create`. */
  key: z.string(),
  title: z.string(),
  /** Where it came from: `POST /invoices`. */
  operation: z.string(),
  isWrite: z.boolean(),
  /** How its list was guessed to go on: `cursor`, `page`, `link`, …; null: it is no list, or nothing was found. */
  paging: z.string().nullable(),
  /** What was guessed or left out, and is worth a look. */
  notes: z.array(z.string()),
});

/** What was made of a description. */
export const importedConnectorSchema = z.object({
  key: z.string(),
  title: z.string(),
  /** May name open fields of a connection: `https://{{auth.subdomain}}.example.com`. */
  baseUrl: z.string(),
  /** Requests go to these and no others. */
  hosts: z.array(z.string()),
  /** Of the description that was read: adding the connector names it, so that what is added is what was looked at. */
  digest: z.string(),
  /** Ways to sign in, as people read them. */
  auth: z.array(z.string()),
  actions: z.array(importedActionSchema),
  notes: z.array(z.string()),
  /** Operations that became no action, each with why. */
  skipped: z.array(z.object({ operation: z.string(), why: z.string() })),
  /** The node package that holds them: paths below its folder. */
  files: z.array(z.object({ path: z.string(), text: z.string() })),
});
export type ImportedConnectorView = z.infer<typeof importedConnectorSchema>;

const shared = {
  /** Of the connector. Default: from the description's title. */
  key: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,39}$/)
    .optional(),
  /** Only operations with these tags, or these operations (`GET /invoices`). Default all. */
  only: z.array(z.string().min(1).max(200)).min(1).max(200).optional(),
};

/**
 * Makes a connector of a service's API description (OpenAPI 2, 3.0, 3.1; JSON or YAML): its actions, and the node package that holds them.
 * Nothing is installed. An address is fetched through the one way out, under the workspace's network rules.
 */
export const importConnector = defineEndpoint({
  method: 'POST',
  path: '/api/v1/connectors/import',
  summary: 'Make a connector of an API description',
  body: described(shared),
  answer: { status: 200, body: importedConnectorSchema },
});

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';

/** One kind of credential that is installed. */
const credentialTypeSchema = z.object({
  type: z.string(),
  connectorKey: z.string(),
  connectorTitle: z.string(),
  title: z.string(),
  /** `oauth2`, `apiKey`, …: the kind of its auth. */
  kind: z.string(),
  connect: z.enum(['fields', 'window', 'device']),
  fields: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      description: z.string().exactOptional(),
      secret: z.boolean(),
      required: z.boolean(),
      placeholder: z.string().exactOptional(),
      multiline: z.boolean().exactOptional(),
    }),
  ),
  hosts: z.array(z.string()),
  scopes: z.array(z.string()),
  /** Whether it can be tried out. */
  hasTest: z.boolean(),
  /** Whether an admin has to enter a client app first: `missing` until that was done. */
  clientApp: z.enum(['notNeeded', 'missing', 'entered']),
});
export type CredentialTypeView = z.infer<typeof credentialTypeSchema>;

/** Kinds of credential that are installed. */
export const listCredentialTypes = defineEndpoint({
  method: 'GET',
  path: '/api/v1/credential-types',
  summary: 'Kinds of connections',
  answer: { status: 200, body: z.object({ items: z.array(credentialTypeSchema) }) },
});

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { credentialName, credentialSchema, hostsField, typedFields } from './view.ts';

/**
 * Stores a credential. Those that need consent are `notConnected` until it was given. `hosts` absent: those of its type.
 * 409 `credential_exists`; 422 `credential_type_unknown`, `credential_field_unknown`, `credential_field_missing`, `credential_field_invalid`,
 * `credential_field_too_long`, `credential_host_invalid`, `credential_host_foreign`, `credential_hosts_missing`.
 */
export const createCredential = defineEndpoint({
  method: 'POST',
  path: '/api/v1/credentials',
  summary: 'Store a connection',
  body: z.strictObject({
    type: z.string().min(1).max(200),
    name: credentialName,
    fields: typedFields.default({}),
    hosts: hostsField.optional(),
  }),
  answer: { status: 201, body: credentialSchema },
});

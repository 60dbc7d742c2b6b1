import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { idField } from '../fields.ts';
import { credentialName, credentialParams, credentialSchema, hostsField, typedFields } from './view.ts';

/**
 * Changes a credential: its owner and managers. A field that is left out keeps its value, an empty one loses it; another secret lets runs
 * go on that wait for this credential. 403 `credential_not_yours`; otherwise as creating. 422 `owner_unknown`.
 */
export const updateCredential = defineEndpoint({
  method: 'PATCH',
  path: '/api/v1/credentials/:credentialId',
  summary: 'Change a connection',
  params: credentialParams,
  body: z.strictObject({
    name: credentialName.optional(),
    fields: typedFields.optional(),
    hosts: hostsField.optional(),
    ownerId: idField.optional(),
  }),
  answer: { status: 200, body: credentialSchema },
});

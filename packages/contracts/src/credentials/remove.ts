import { defineEndpoint } from '../endpoint.ts';
import { credentialParams } from './view.ts';

/** Deletes a credential, and revokes it at the service where that can be done. 409 `credential_in_use` with the workflows in `uses`. */
export const removeCredential = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/credentials/:credentialId',
  summary: 'Delete a connection',
  params: credentialParams,
  answer: { status: 204 },
});

import { defineEndpoint } from '../endpoint.ts';
import { credentialParams, credentialSchema } from './view.ts';

/** Tries a credential out: what came of it is its health. 200 also where it does not work. */
export const testCredential = defineEndpoint({
  method: 'POST',
  path: '/api/v1/credentials/:credentialId/test',
  summary: 'Test a connection',
  params: credentialParams,
  answer: { status: 200, body: credentialSchema },
});

import { defineEndpoint } from '../endpoint.ts';
import { credentialParams, credentialSchema } from './view.ts';

/** 404 `credential_unknown` where there is none, or the caller may not use it. */
export const getCredential = defineEndpoint({
  method: 'GET',
  path: '/api/v1/credentials/:credentialId',
  summary: 'A connection, without its secrets',
  params: credentialParams,
  answer: { status: 200, body: credentialSchema },
});

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { credentialSchema } from './view.ts';

/** Credentials that the caller may use, by name; those of others do not show. */
export const listCredentials = defineEndpoint({
  method: 'GET',
  path: '/api/v1/credentials',
  summary: 'Connections that you may use',
  answer: { status: 200, body: z.object({ items: z.array(credentialSchema) }) },
});

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { clientAppSchema } from './view.ts';

/** Every connector that needs a client app, entered or not. */
export const listClientApps = defineEndpoint({
  method: 'GET',
  path: '/api/v1/client-apps',
  summary: 'Client apps of connectors',
  answer: { status: 200, body: z.object({ items: z.array(clientAppSchema) }) },
});

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { clientAppParams, clientAppSchema } from './view.ts';

/** Enters a client app. A secret that is left out stays as it is stored, empty means that there is none. 404 `connector_unknown`. */
export const putClientApp = defineEndpoint({
  method: 'PUT',
  path: '/api/v1/client-apps/:connectorKey',
  summary: 'Enter a client app',
  params: clientAppParams,
  body: z.strictObject({
    clientId: z.string().trim().min(1).max(1_000),
    clientSecret: z.string().trim().max(8_192).optional(),
    /** Proves events, where the vendor has a secret of its own for that. */
    signingSecret: z.string().trim().max(8_192).optional(),
  }),
  answer: { status: 200, body: clientAppSchema },
});

import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { timeField } from '../../fields.ts';
import { credentialParams } from '../view.ts';

/**
 * Begins a consent in the service's window, the first or another one. `anyAccount`: another account than before may come back.
 * 403 `credential_not_yours`; 409 `oauth_client_missing`, `credential_no_window`.
 */
export const startOauth = defineEndpoint({
  method: 'POST',
  path: '/api/v1/credentials/:credentialId/oauth',
  summary: 'Begin to connect in the service’s window',
  params: credentialParams,
  body: z.strictObject({ anyAccount: z.boolean().default(false) }),
  answer: { status: 201, body: z.object({ authorizeUrl: z.string(), redirectUri: z.string(), expiresAt: timeField }) },
});

import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { timeField } from '../../fields.ts';
import { credentialParams } from '../view.ts';

/** Gets a code that a person types in on another screen. 409 `credential_no_device`, `oauth_client_missing`; 422 and 502 as finishing in a window. */
export const startDeviceCode = defineEndpoint({
  method: 'POST',
  path: '/api/v1/credentials/:credentialId/device',
  summary: 'Begin to connect by a code',
  params: credentialParams,
  body: z.strictObject({ anyAccount: z.boolean().default(false) }),
  answer: {
    status: 201,
    body: z.object({
      deviceId: z.string(),
      userCode: z.string(),
      verificationUrl: z.string(),
      /** Ask again after this. */
      intervalMs: z.number(),
      expiresAt: timeField,
    }),
  },
});

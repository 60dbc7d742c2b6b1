import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { credentialSchema } from '../view.ts';

/** Asks whether the code was typed in. `slowDown`: ask 5 s less often from now on. 422 `oauth_code_expired`, `oauth_access_denied`, `oauth_state_…`. */
export const pollDeviceCode = defineEndpoint({
  method: 'POST',
  path: '/api/v1/credentials/device/poll',
  summary: 'Ask whether the code was typed in',
  body: z.strictObject({ deviceId: z.string().min(1).max(200) }),
  answer: {
    status: 200,
    body: z.union([
      z.object({ status: z.literal('pending'), slowDown: z.boolean() }),
      z.object({ status: z.literal('connected'), credential: credentialSchema }),
    ]),
  },
});

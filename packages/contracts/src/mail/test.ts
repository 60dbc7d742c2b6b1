import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { emailField } from '../fields.ts';

/** Sends a test message with the stored settings, and says what the server said. At most a minute. 409 `mail_not_set`. */
export const testMail = defineEndpoint({
  method: 'POST',
  path: '/api/v1/mail/test',
  summary: 'Send a test message',
  body: z.strictObject({ to: emailField }),
  answer: {
    status: 200,
    body: z.object({
      isAccepted: z.boolean(),
      /** Stable, such as `mail_sign_in`; null when it was accepted. */
      code: z.string().nullable(),
      /** The server's own words; secrets are taken out. */
      text: z.string(),
    }),
  },
});

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { emailField } from '../fields.ts';
import { sessionViewSchema } from './view.ts';

/** Signs in. 401 `wrong_credentials` says the same for an unknown address and a wrong password. */
export const createSession = defineEndpoint({
  method: 'POST',
  path: '/api/v1/session',
  summary: 'Sign in',
  body: z.strictObject({ email: emailField, password: z.string().min(1).max(128) }),
  answer: { status: 200, body: sessionViewSchema },
});

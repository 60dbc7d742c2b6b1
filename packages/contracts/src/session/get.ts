import { defineEndpoint } from '../endpoint.ts';
import { sessionViewSchema } from './view.ts';

/** The current session. 401 `not_signed_in` when there is none. */
export const getSession = defineEndpoint({
  method: 'GET',
  path: '/api/v1/session',
  summary: 'The current session',
  answer: { status: 200, body: sessionViewSchema },
});

import { defineEndpoint } from '../endpoint.ts';

/** Signs out: the session and its open streams end. */
export const removeSession = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/session',
  summary: 'Sign out',
  answer: { status: 204 },
});

import { defineEndpoint } from '../../endpoint.ts';

/** Forgets the mail server. What waits stays until there is one again. 404 `mailServer_unknown`. */
export const removeMailSettings = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/mail/settings',
  summary: 'Remove the mail server of this install',
  answer: { status: 204 },
});

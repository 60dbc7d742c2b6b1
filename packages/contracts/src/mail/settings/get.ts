import { defineEndpoint } from '../../endpoint.ts';
import { mailSettingsSchema } from './view.ts';

/** The install's mail server, never its password. */
export const getMailSettings = defineEndpoint({
  method: 'GET',
  path: '/api/v1/mail/settings',
  summary: 'The mail server of this install',
  answer: { status: 200, body: mailSettingsSchema },
});

import { defineEndpoint } from '../../endpoint.ts';
import { mailServerField, mailSettingsSchema } from './view.ts';

/** Enters or changes the mail server. What waits in the outbox is tried at once. 403 `mail_elsewhere`, 422 `mail_password_missing`. */
export const putMailSettings = defineEndpoint({
  method: 'PUT',
  path: '/api/v1/mail/settings',
  summary: 'Set the mail server of this install',
  body: mailServerField,
  answer: { status: 200, body: mailSettingsSchema },
});

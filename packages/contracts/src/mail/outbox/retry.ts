import { defineEndpoint } from '../../endpoint.ts';
import { mailParams, mailSchema } from './view.ts';

/** Has a mail that waits or was given up sent as soon as can be. 404 `mail_unknown` when it was sent, canceled, or is of no use any more. */
export const retryMail = defineEndpoint({
  method: 'POST',
  path: '/api/v1/mail/outbox/:mailId/retry',
  summary: 'Send a mail now',
  params: mailParams,
  answer: { status: 200, body: mailSchema },
});

import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { pageOf, pageQuery } from '../../fields.ts';
import { MAIL_STATES, mailSchema } from './view.ts';

/** Mails of this workspace, the newest first; those that are done with are kept for thirty days. */
export const listMails = defineEndpoint({
  method: 'GET',
  path: '/api/v1/mail/outbox',
  summary: 'The outbox',
  query: z.object({ ...pageQuery, state: z.enum(MAIL_STATES).optional() }),
  answer: { status: 200, body: pageOf(mailSchema) },
});

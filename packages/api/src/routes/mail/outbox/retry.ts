import { endpoints } from '@millwright/contracts';
import { mailOutbox } from '@millwright/db';
import { toMailView } from '../../../mail/mail-views.ts';
import { notFound } from '../../../problems.ts';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';

/** `POST /api/v1/mail/outbox/:mailId/retry` */
export const retryMail = defineRoute(
  endpoints.mail.retry,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'mail.manage', audit: 'mail.retried' },
  async ({ params: { mailId }, write }) =>
    write(async (tx, audit) => {
      const mail = await mailOutbox.retry(tx, mailId);
      if (mail === null) throw notFound('mail');
      await audit({ kind: 'mail', id: mailId }, { kind: mail.kind });
      return toMailView(mail);
    }),
);

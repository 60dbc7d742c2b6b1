import { endpoints } from '@millwright/contracts';
import { mailOutbox } from '@millwright/db';
import { toMailView } from '../../../mail/mail-views.ts';
import { defineRoute, READ_RULES } from '../../../registry/route.ts';

/** `GET /api/v1/mail/outbox` */
export const listMails = defineRoute(endpoints.mail.listOutbox, { ...READ_RULES, permission: 'mail.manage' }, async ({ query, read }) => {
  const { items, nextCursor } = await read(async (tx) => mailOutbox.list(tx, query));
  return { items: items.map(toMailView), nextCursor };
});

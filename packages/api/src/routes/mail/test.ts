import { endpoints } from '@millwright/contracts';
import { UserError } from '@millwright/core';
import { workspaces } from '@millwright/db';
import { mailLanguage } from '@millwright/mail';
import { requireOurs } from '../../mail/mail-views.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `POST /api/v1/mail/test`: counted as a sign-in, since each one opens a connection and may send a mail to anybody. */
export const testMail = defineRoute(
  endpoints.mail.test,
  { ...WRITE_RULES, rateClass: 'signIn', permission: 'mail.manage', audit: 'mailServer.tested' },
  async ({ body: { to }, principal, read, write }, { mail, publicUrl }) => {
    const language = await read(async (tx) => {
      await requireOurs(tx);
      return mailLanguage((await workspaces.get(tx))?.language ?? '');
    });
    const { name: senderName, workspaceName } = principal;
    const link = `${publicUrl}/settings/mail`;
    const result = await mail.sendTest({ to, language, content: { kind: 'test', senderName, workspaceName, link } });
    if (result.code === 'mail_not_set') throw notSet();
    await write(async (_tx, audit) => audit({ kind: 'mailServer', id: to }, { isAccepted: result.isAccepted, code: result.code }));
    return result;
  },
);

function notSet(): UserError {
  return new UserError('conflict', {
    code: 'mail_not_set',
    message: 'No mail server is set.',
    hint: 'Save the settings first, then send the test message.',
  });
}

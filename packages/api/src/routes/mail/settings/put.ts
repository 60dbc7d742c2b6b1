import { endpoints, type BodyOf } from '@millwright/contracts';
import { UserError } from '@millwright/core';
import { mailSettings } from '@millwright/db';
import type { Mailer } from '@millwright/mail';
import { requireOurs, viewMailSettings } from '../../../mail/mail-views.ts';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';

/** `PUT /api/v1/mail/settings` */
export const putMailSettings = defineRoute(
  endpoints.mail.putSettings,
  { ...WRITE_RULES, permission: 'mail.manage', audit: 'mailServer.set' },
  async ({ body, principal, write }, { mail }) =>
    write(async (tx, audit) => {
      await requireOurs(tx);
      const { host, port, security, fromAddress } = body;
      const account = accountOf(body, await mailSettings.get(tx), mail);
      await mailSettings.put(
        tx,
        { host, port, security, fromAddress, fromName: body.fromName === '' ? null : body.fromName, ...account },
        principal.userId,
      );
      await audit({ kind: 'mailServer', id: host }, { port, security, fromAddress, isNewPassword: body.password !== undefined });
      return viewMailSettings(tx);
    }),
);

type Account = Pick<mailSettings.MailServer, 'username' | 'sealedPassword'>;

/**
 * The account as it is stored. A stored password stays with its server and user name: whoever may change the host must not have it
 * sent to another one.
 * @throws UserError `mail_password_missing`
 */
function accountOf(body: BodyOf<typeof endpoints.mail.putSettings>, stored: mailSettings.MailSettings | null, mail: Mailer): Account {
  const { host, username, password } = body;
  if (username === '') return { username: null, sealedPassword: null };
  if (password !== undefined) return { username, sealedPassword: mail.sealPassword(password) };
  const isSame = stored !== null && stored.host === host && stored.port === body.port && stored.username === username;
  if (isSame && stored.sealedPassword !== null) return { username, sealedPassword: stored.sealedPassword };
  throw new UserError('unprocessable', {
    code: 'mail_password_missing',
    message: 'The password is needed: none is stored for this user name on this server.',
    hint: 'Enter the password of the mail account.',
  });
}

import { endpoints } from '@millwright/contracts';
import { mailSettings } from '@millwright/db';
import { requireOurs } from '../../../mail/mail-views.ts';
import { notFound } from '../../../problems.ts';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';

/** `DELETE /api/v1/mail/settings` */
export const removeMailSettings = defineRoute(
  endpoints.mail.removeSettings,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'mail.manage', audit: 'mailServer.removed' },
  async ({ write }) =>
    write(async (tx, audit) => {
      await requireOurs(tx);
      const stored = await mailSettings.get(tx);
      if (stored === null || !(await mailSettings.remove(tx))) throw notFound('mailServer');
      await audit({ kind: 'mailServer', id: stored.host });
      return undefined;
    }),
);

import { endpoints } from '@millwright/contracts';
import { viewMailSettings } from '../../../mail/mail-views.ts';
import { defineRoute, READ_RULES } from '../../../registry/route.ts';

/** `GET /api/v1/mail/settings` */
export const getMailSettings = defineRoute(endpoints.mail.getSettings, { ...READ_RULES, permission: 'mail.manage' }, async ({ read }) =>
  read(viewMailSettings),
);

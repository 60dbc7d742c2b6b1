import { endpoints } from '@millwright/contracts';
import { invitations, mailOutbox } from '@millwright/db';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `DELETE /api/v1/invitations/:invitationId` */
export const removeInvitation = defineRoute(
  endpoints.invitations.remove,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'members.manage', audit: 'invitation.withdrawn' },
  async ({ params, write }) => {
    await write(async (tx, audit) => {
      await invitations.revoke(tx, params.invitationId);
      await mailOutbox.cancelAbout(tx, params.invitationId);
      await audit({ kind: 'invitation', id: params.invitationId });
    });
    return undefined;
  },
);

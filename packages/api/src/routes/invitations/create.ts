import { endpoints } from '@millwright/contracts';
import { randomToken, UserError } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import { invitations, members } from '@millwright/db';
import { requireMayGrant } from '../../permissions.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';
import { toInvitationView } from './list.ts';

/** How long a link is good for, in ms. */
const LIFE_MS = 7 * 86_400_000;

/** `POST /api/v1/invitations`: the link is in this answer only; the database holds a hash. */
export const createInvitation = defineRoute(
  endpoints.invitations.create,
  { ...WRITE_RULES, permission: 'members.manage', audit: 'invitation.created', secretAnswer: true },
  async ({ body, principal, write }, { clock, publicUrl }) => {
    requireMayGrant(principal.role, body.role);
    const token = randomToken();
    const invitation = await write(async (tx, audit) => {
      if ((await members.list(tx)).some((member) => member.email === body.email)) {
        throw new UserError('conflict', {
          code: 'already_member',
          message: `${body.email} is a member already.`,
          hint: 'Change the role in the list of members.',
        });
      }
      const expiresAt = new Date(clock.nowMs() + LIFE_MS);
      const created = await invitations.create(tx, { ...body, tokenHash: hashHex(token), expiresAt, invitedBy: principal.userId });
      await audit({ kind: 'invitation', id: created.id }, { email: body.email, role: body.role });
      return created;
    });
    return { ...toInvitationView(invitation), link: `${publicUrl}/invite/${token}` };
  },
);

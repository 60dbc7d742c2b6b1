import { endpoints } from '@millwright/contracts';
import { members } from '@millwright/db';
import { requireMayGrant } from '../../permissions.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';
import { requireMember } from './update.ts';

/** `DELETE /api/v1/members/:memberId`: her sessions and everything she has open end at once. */
export const removeMember = defineRoute(
  endpoints.members.remove,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'members.manage', audit: 'member.removed' },
  async ({ params, principal, write }, { identity }) => {
    const removed = await write(async (tx, audit) => {
      const member = await requireMember(tx, params.memberId);
      requireMayGrant(principal.role, member.role);
      await members.remove(tx, params.memberId);
      await audit({ kind: 'member', id: params.memberId }, { userId: member.userId, role: member.role });
      return member;
    });
    await identity.endSessions(removed.userId);
    return undefined;
  },
);

import { endpoints } from '@millwright/contracts';
import { members, type TenantTx } from '@millwright/db';
import { requireMayGrant } from '../../permissions.ts';
import { notFound } from '../../problems.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';
import { toMemberView } from './list.ts';

/** A member of the workspace. @throws UserError `member_unknown` */
export async function requireMember(tx: TenantTx, memberId: string): Promise<members.Member> {
  const member = await members.getById(tx, memberId);
  if (member === null) throw notFound('member');
  return member;
}

/** `PATCH /api/v1/members/:memberId`: what she has open is closed, and checked anew when it comes back. */
export const updateMember = defineRoute(
  endpoints.members.update,
  { ...WRITE_RULES, permission: 'members.manage', audit: 'member.roleChanged' },
  async ({ params, body, principal, write }, { identity }) => {
    const changed = await write(async (tx, audit) => {
      const before = await requireMember(tx, params.memberId);
      requireMayGrant(principal.role, before.role, body.role);
      await members.setRole(tx, { memberId: params.memberId, role: body.role });
      await audit({ kind: 'member', id: params.memberId }, { from: before.role, to: body.role });
      return { ...before, role: body.role };
    });
    await identity.access.announce(changed.userId);
    return toMemberView(changed);
  },
);

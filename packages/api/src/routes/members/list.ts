import { endpoints, type MemberView } from '@millwright/contracts';
import { members } from '@millwright/db';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** A member as the wire shows her. */
export function toMemberView({ createdAt, ...member }: members.Member): MemberView {
  return { ...member, createdAt: createdAt.toISOString() };
}

/** `GET /api/v1/members` */
export const listMembers = defineRoute(endpoints.members.list, { ...READ_RULES, permission: 'members.read' }, async ({ read }) => ({
  items: (await read(members.list)).map(toMemberView),
}));

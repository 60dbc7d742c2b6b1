import { endpoints, type InvitationView } from '@millwright/contracts';
import { invitations } from '@millwright/db';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** An invitation as the wire shows it: without its token. */
export function toInvitationView(invitation: invitations.Invitation): InvitationView {
  const { id, email, role, expiresAt, createdAt } = invitation;
  return { id, email, role, expiresAt: expiresAt.toISOString(), createdAt: createdAt.toISOString() };
}

/** `GET /api/v1/invitations` */
export const listInvitations = defineRoute(
  endpoints.invitations.list,
  { ...READ_RULES, permission: 'members.manage' },
  async ({ read }) => ({
    items: (await read(invitations.list)).map(toInvitationView),
  }),
);

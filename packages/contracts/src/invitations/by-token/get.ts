import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { ROLES } from '../../permissions.ts';

/** Path parameter of an invitation link: 128 random bits. */
export const invitationToken = z.object({ token: z.string().regex(/^[0-9a-z]{26}$/, 'not an invitation link') });

/** What an invitation link offers. 404 `invitation_unknown` when it is spent, expired or withdrawn. */
export const getInvitationByToken = defineEndpoint({
  method: 'GET',
  path: '/api/v1/invitations/by-token/:token',
  summary: 'What an invitation link offers',
  params: invitationToken,
  answer: { status: 200, body: z.object({ email: z.string(), role: z.enum(ROLES), workspaceName: z.string(), hasAccount: z.boolean() }) },
});

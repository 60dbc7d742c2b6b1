import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { timeField } from '../fields.ts';
import { ROLES } from '../permissions.ts';

/** An invitation that nobody has accepted yet. */
export const invitationSchema = z.object({
  id: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  expiresAt: timeField,
  createdAt: timeField,
});
export type InvitationView = z.infer<typeof invitationSchema>;

/** Open invitations. */
export const listInvitations = defineEndpoint({
  method: 'GET',
  path: '/api/v1/invitations',
  summary: 'Open invitations',
  answer: { status: 200, body: z.object({ items: z.array(invitationSchema) }) },
});

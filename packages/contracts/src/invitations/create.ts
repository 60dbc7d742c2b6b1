import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { emailField } from '../fields.ts';
import { ROLES } from '../permissions.ts';
import { invitationSchema } from './list.ts';

/**
 * Invites a person. The link is good for seven days; it is in this answer, and in a mail to that person where the install has a mail
 * server (`isMailed`: it is in the outbox).
 */
export const createInvitation = defineEndpoint({
  method: 'POST',
  path: '/api/v1/invitations',
  summary: 'Invite a person',
  body: z.strictObject({ email: emailField, role: z.enum(ROLES) }),
  answer: { status: 201, body: invitationSchema.extend({ link: z.string(), isMailed: z.boolean() }) },
});

import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { nameField } from '../../fields.ts';
import { sessionViewSchema } from '../../session/view.ts';
import { invitationToken } from './get.ts';

/** Joins the workspace and signs in. A new person sets her password; one with an account proves it with the one she has. */
export const acceptInvitation = defineEndpoint({
  method: 'POST',
  path: '/api/v1/invitations/by-token/:token/accept',
  summary: 'Accept an invitation',
  params: invitationToken,
  body: z.strictObject({ name: nameField, password: z.string().min(1).max(128) }),
  answer: { status: 201, body: sessionViewSchema },
});

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { idField } from '../fields.ts';

/** Withdraws an invitation: its link stops working. */
export const removeInvitation = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/invitations/:invitationId',
  summary: 'Withdraw an invitation',
  params: z.object({ invitationId: idField }),
  answer: { status: 204 },
});

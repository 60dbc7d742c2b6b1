import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { idField } from '../fields.ts';

/** Removes a member; her sessions and open streams end within a second. 409 `last_owner`. */
export const removeMember = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/members/:memberId',
  summary: 'Remove a member',
  params: z.object({ memberId: idField }),
  answer: { status: 204 },
});

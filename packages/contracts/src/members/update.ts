import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { idField } from '../fields.ts';
import { ROLES } from '../permissions.ts';
import { memberSchema } from './list.ts';

/** Changes a member's role; 409 `last_owner` when nobody would own the workspace. */
export const updateMember = defineEndpoint({
  method: 'PATCH',
  path: '/api/v1/members/:memberId',
  summary: "Change a member's role",
  params: z.object({ memberId: idField }),
  body: z.strictObject({ role: z.enum(ROLES) }),
  answer: { status: 200, body: memberSchema },
});

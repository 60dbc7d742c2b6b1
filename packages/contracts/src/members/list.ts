import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { timeField } from '../fields.ts';
import { ROLES } from '../permissions.ts';

/** A person with a role in the workspace. */
export const memberSchema = z.object({
  id: z.string(),
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  createdAt: timeField,
});
export type MemberView = z.infer<typeof memberSchema>;

/** Everybody in the workspace. */
export const listMembers = defineEndpoint({
  method: 'GET',
  path: '/api/v1/members',
  summary: 'Members of the workspace',
  answer: { status: 200, body: z.object({ items: z.array(memberSchema) }) },
});

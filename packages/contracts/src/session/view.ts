import { z } from 'zod';
import { timeField } from '../fields.ts';
import { PERMISSIONS, ROLES } from '../permissions.ts';

/** Who is signed in, where, and what she may do. */
export const sessionViewSchema = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  workspace: z.object({ id: z.string(), name: z.string() }),
  role: z.enum(ROLES),
  permissions: z.array(z.enum(PERMISSIONS)),
  expiresAt: timeField,
  server: z.object({ version: z.string(), /** Public base URL without a slash at the end. */ url: z.string() }),
});
export type SessionView = z.infer<typeof sessionViewSchema>;

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';

/** How Code steps run on this install. */
const codeSettingsSchema = z.object({
  /**
   * The walls around them. L3: a kernel or machine of their own; L2: bubblewrap; L1: only what Node itself forbids. Null where this process
   * runs no steps.
   */
  level: z.enum(['L3', 'L2', 'L1']).nullable(),
  /** Whether Python is installed. */
  python: z.boolean(),
  /** Every call has a process of its own. */
  oneShot: z.boolean(),
  /** npm packages that an admin allowed. */
  packages: z.array(z.string()),
});
export type CodeSettings = z.infer<typeof codeSettingsSchema>;

/** How Code steps run on this install. */
export const getCodeSettings = defineEndpoint({
  method: 'GET',
  path: '/api/v1/code',
  summary: 'How Code steps run: walls, languages, packages',
  answer: { status: 200, body: codeSettingsSchema },
});

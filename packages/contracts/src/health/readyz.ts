import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';

const check = z.enum(['ok', 'failing']);

/** Whether every dependency works: 200, or 503 with the same body. */
const readinessSchema = z.object({
  status: z.enum(['ready', 'notReady']),
  // `disk` only where the embedded Postgres shares it: failing when Postgres cannot write on.
  checks: z.object({ postgres: check, temporal: check, migrations: check, disk: check.optional() }),
});
export type Readiness = z.infer<typeof readinessSchema>;

/** Whether every dependency works; says which one does not. */
export const getReadiness = defineEndpoint({
  method: 'GET',
  path: '/readyz',
  summary: 'Whether every dependency works',
  answer: { status: 200, body: readinessSchema },
});

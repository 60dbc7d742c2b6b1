import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { proofSchema } from './view.ts';

/** The last proof of this workspace, and whether one can be started here. */
const reliabilitySchema = z.object({
  /** False where nobody would start a killed process again: on clusters, `npm run prove:durable` shows the same. */
  canPullPlug: z.boolean(),
  /** The process that answers; null where the plug cannot be pulled. */
  processId: z.int().nullable(),
  proof: proofSchema.nullable(),
});
export type ReliabilityView = z.infer<typeof reliabilitySchema>;

/** How the last proof of reliability stands, counted from the database. */
export const getReliability = defineEndpoint({
  method: 'GET',
  path: '/api/v1/reliability',
  summary: 'The last proof of reliability',
  answer: { status: 200, body: reliabilitySchema },
});

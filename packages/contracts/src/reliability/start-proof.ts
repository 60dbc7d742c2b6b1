import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';

/**
 * Pulls the plug: starts runs, kills the server process while they are in the middle of their work, and counts them afterwards.
 * 409 `plug_unavailable` where nobody would start the process again, 409 `proof_running` while one is under way.
 */
export const startProof = defineEndpoint({
  method: 'POST',
  path: '/api/v1/reliability/proofs',
  summary: 'Pull the plug: kill the server process while runs are under way',
  answer: { status: 202, body: z.object({ proofId: z.string() }) },
});

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';

/** Whether the server still waits for its first owner. */
export const getSetup = defineEndpoint({
  method: 'GET',
  path: '/api/v1/setup',
  summary: 'Whether the first owner is still to be created',
  answer: { status: 200, body: z.object({ needsOwner: z.boolean() }) },
});

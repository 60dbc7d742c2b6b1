import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';

/** The process answers. */
export const getHealth = defineEndpoint({
  method: 'GET',
  path: '/healthz',
  summary: 'Whether the process answers',
  answer: { status: 200, body: z.object({ status: z.literal('ok') }) },
});

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';

/** Workflows to begin with. */
export const listTemplates = defineEndpoint({
  method: 'GET',
  path: '/api/v1/templates',
  summary: 'Workflows to begin with',
  answer: { status: 200, body: z.object({ items: z.array(z.object({ key: z.string(), title: z.string(), description: z.string() })) }) },
});

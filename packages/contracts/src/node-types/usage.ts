import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';

/** Which node types this workspace uses, the most used first: of the drafts that were edited last, at most 200 of them. For ordering lists, not for counting. */
export const listNodeTypeUsage = defineEndpoint({
  method: 'GET',
  path: '/api/v1/node-types/usage',
  summary: 'Which node types are used most',
  answer: {
    status: 200,
    body: z.object({
      items: z.array(
        z.object({
          type: z.string(),
          /** That have at least one. */
          workflows: z.int(),
        }),
      ),
    }),
  },
});

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { jsonField } from '../fields.ts';
import { runParams } from './view.ts';

/** What a dry run would have written, in the order in which it came to it: at most 1,000. Empty for other runs. */
export const listIntendedChanges = defineEndpoint({
  method: 'GET',
  path: '/api/v1/runs/:runId/intended-changes',
  summary: 'What a dry run would have written',
  params: runParams,
  answer: {
    status: 200,
    body: z.object({
      changes: z.array(
        z.object({
          nodeId: z.string(),
          name: z.string(),
          runIndex: z.int(),
          /** −1: once for the whole list. */
          itemIndex: z.int(),
          method: z.string().exactOptional(),
          url: z.string().exactOptional(),
          body: jsonField.exactOptional(),
          /** Evaluated for the item, without what looks secret. */
          parameters: z.record(z.string(), jsonField),
          /** Nothing was sent, so there is none. */
          idempotencyKey: z.null(),
        }),
      ),
      /** There are more. */
      isCut: z.boolean(),
    }),
  },
});

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { idField } from '../fields.ts';

/** The same for up to 1,000 runs, each on its own, with its own version and input; what cannot be done is listed with its reason. */
export const bulkRuns = defineEndpoint({
  method: 'POST',
  path: '/api/v1/runs/bulk',
  summary: 'Cancel, resume or repeat many runs',
  body: z.strictObject({ action: z.enum(['rerun', 'resume', 'cancel']), runIds: z.array(idField).min(1).max(1000) }),
  answer: {
    status: 200,
    body: z.object({
      accepted: z.array(z.object({ runId: z.string(), newRunId: z.string().exactOptional() })),
      refused: z.array(z.object({ runId: z.string(), code: z.string(), detail: z.string() })),
    }),
  },
});

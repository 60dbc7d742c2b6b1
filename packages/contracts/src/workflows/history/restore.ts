import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { historyParams } from './view.ts';

/** Makes the draft say what it said then; open editors see it. What it said before is kept first. Nothing is published. */
export const restoreEntry = defineEndpoint({
  method: 'POST',
  path: '/api/v1/workflows/:workflowId/history/:entryId/restore',
  summary: 'Restore a version or restore point',
  params: historyParams,
  answer: {
    status: 200,
    body: z.object({ revision: z.int(), /** The restore point of what the draft said before. */ before: z.string() }),
  },
});

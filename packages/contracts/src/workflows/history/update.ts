import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { nameField } from '../../fields.ts';
import { historyEntrySchema, historyParams } from './view.ts';

/** Names a restore point, or takes its name away: then it is thinned out with time. Published versions have a note instead. */
export const renamePoint = defineEndpoint({
  method: 'PATCH',
  path: '/api/v1/workflows/:workflowId/history/:entryId',
  summary: 'Name a restore point',
  params: historyParams,
  body: z.strictObject({ name: nameField.nullable() }),
  answer: { status: 200, body: historyEntrySchema },
});

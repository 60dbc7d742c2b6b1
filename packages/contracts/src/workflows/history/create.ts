import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { nameField } from '../../fields.ts';
import { workflowParams } from '../view.ts';
import { historyEntrySchema } from './view.ts';

/** Keeps the draft as it is now under a name. 422 `restore_points_full`. */
export const nameVersion = defineEndpoint({
  method: 'POST',
  path: '/api/v1/workflows/:workflowId/history',
  summary: 'Name the draft as it is now',
  params: workflowParams,
  body: z.strictObject({ name: nameField }),
  answer: { status: 201, body: historyEntrySchema },
});

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { nameField } from '../fields.ts';
import { workflowParams, workflowViewSchema } from './view.ts';

/** Renames a workflow, or switches its triggers on or off. 409 `not_published` when there is nothing to switch. */
export const updateWorkflow = defineEndpoint({
  method: 'PATCH',
  path: '/api/v1/workflows/:workflowId',
  summary: 'Rename a workflow or switch it on or off',
  params: workflowParams,
  body: z.strictObject({ name: nameField.optional(), active: z.boolean().optional() }),
  answer: { status: 200, body: workflowViewSchema },
});

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { nameField } from '../fields.ts';
import { workflowViewSchema } from './view.ts';

/** Creates a workflow with an empty draft, or with a template's. 422 `template_unknown`. */
export const createWorkflow = defineEndpoint({
  method: 'POST',
  path: '/api/v1/workflows',
  summary: 'Create a workflow',
  body: z.strictObject({ name: nameField, /** Key from `GET /templates`. */ template: z.string().max(100).optional() }),
  answer: { status: 201, body: workflowViewSchema },
});

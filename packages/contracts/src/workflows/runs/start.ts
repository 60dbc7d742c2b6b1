import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { jsonField } from '../../fields.ts';
import { workflowParams } from '../view.ts';

/** Starts the live version by its manual trigger; `input` is that trigger's one item. 409 `not_published`, 422 `no_manual_trigger`. */
export const startRun = defineEndpoint({
  method: 'POST',
  path: '/api/v1/workflows/:workflowId/runs',
  summary: 'Start a run by hand',
  params: workflowParams,
  body: z.strictObject({ input: z.record(z.string(), jsonField).default({}) }).default({ input: {} }),
  answer: { status: 202, body: z.object({ runId: z.string() }) },
});

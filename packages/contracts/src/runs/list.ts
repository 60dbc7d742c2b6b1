import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { idField, pageOf, pageQuery } from '../fields.ts';
import { runStatusSchema } from '../workflows/view.ts';
import { runModeSchema, runSummarySchema } from './view.ts';

/** Runs, the newest first. `mode=production`: all but those of the editor. */
export const listRuns = defineEndpoint({
  method: 'GET',
  path: '/api/v1/runs',
  summary: 'Runs',
  query: z.object({
    workflowId: idField.optional(),
    status: runStatusSchema.optional(),
    mode: z.enum([...runModeSchema.options, 'production']).optional(),
    ...pageQuery,
  }),
  answer: { status: 200, body: pageOf(runSummarySchema) },
});

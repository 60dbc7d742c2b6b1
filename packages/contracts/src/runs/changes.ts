import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { idField } from '../fields.ts';
import { runSummarySchema } from './view.ts';

/** Runs of one workflow or of all: first the newest 50, then each one that starts or changes. Never ends by itself. */
export const watchRuns = defineEndpoint({
  method: 'GET',
  path: '/api/v1/runs/events',
  summary: 'Changing runs, live',
  query: z.object({ workflowId: idField.optional() }),
  answer: { status: 200, events: { run: runSummarySchema } },
});

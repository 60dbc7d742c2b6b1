import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { jsonField } from '../fields.ts';
import { againVersionField } from './resume-preview.ts';
import { runParams } from './view.ts';

/** Starts a run with the input of another (or `input` as its one item) and does everything anew. 409 `not_published`; 422 `trigger_removed`, `input_not_kept`. */
export const rerunRun = defineEndpoint({
  method: 'POST',
  path: '/api/v1/runs/:runId/rerun',
  summary: 'Run again from the start',
  params: runParams,
  body: z.strictObject({ version: againVersionField, input: z.record(z.string(), jsonField).exactOptional() }),
  answer: { status: 201, body: z.object({ runId: z.string() }) },
});

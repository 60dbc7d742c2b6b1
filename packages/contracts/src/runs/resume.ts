import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { jsonField } from '../fields.ts';
import { againVersionField } from './resume-preview.ts';
import { runParams } from './view.ts';

/**
 * Goes on with a run that failed or was canceled, as a new run that does nothing again that was done. `input` replaces the run's one
 * item; `onChanged` says what becomes of writes that were done and would be others now: sent again under a new key, or left as they are.
 * 409 `run_not_failed`, `already_resumed`, `resume_asks`, `not_published`; 422 `resume_blocked`.
 */
export const resumeRun = defineEndpoint({
  method: 'POST',
  path: '/api/v1/runs/:runId/resume',
  summary: 'Go on with a run',
  params: runParams,
  body: z.strictObject({
    version: againVersionField,
    input: z.record(z.string(), jsonField).exactOptional(),
    onChanged: z.enum(['resend', 'skip']).exactOptional(),
  }),
  answer: { status: 201, body: z.object({ runId: z.string() }) },
});

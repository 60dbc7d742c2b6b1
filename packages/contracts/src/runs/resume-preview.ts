import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { runParams } from './view.ts';

/** `same`: the version that ran. `newest`: the one that is live now. */
export const againVersionField = z.enum(['same', 'newest']);

const nodeFields = { nodeId: z.string(), name: z.string() };

/** What a resume would do, by node, in drawing order. */
export const resumePreviewSchema = z.object({
  /** Done before, and not done again; `count` items. */
  skipped: z.array(z.object({ ...nodeFields, count: z.int() })),
  /** What failed, was interrupted or is read anew. */
  again: z.array(z.object(nodeFields)),
  /** Writes that were done and would, or may, be others now: `configuration` of the step, or its `input`. The answer `onChanged` decides. */
  changed: z.array(z.object({ ...nodeFields, why: z.enum(['configuration', 'input']) })),
  /** Why there can be no resume: the step was `removed`, its answer (`answerNotKept`) or the run's input (`inputNotKept`) was not kept. */
  blocked: z.array(z.object({ ...nodeFields, why: z.enum(['removed', 'answerNotKept', 'inputNotKept']) })),
});
export type ResumePreview = z.infer<typeof resumePreviewSchema>;

/** What a resume with the run's own input would do. 409 `run_not_failed`, `already_resumed`, `not_published`. */
export const previewResume = defineEndpoint({
  method: 'GET',
  path: '/api/v1/runs/:runId/resume-preview',
  summary: 'What a resume would skip, do again, ask and refuse',
  params: runParams,
  query: z.object({ version: againVersionField.default('same') }),
  answer: { status: 200, body: resumePreviewSchema },
});

import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { documentProblemSchema } from '../problem.ts';
import { workflowParams } from './view.ts';

/** What is wrong with the draft as it is now; `revision` says with which. */
export const listProblems = defineEndpoint({
  method: 'GET',
  path: '/api/v1/workflows/:workflowId/problems',
  summary: 'What is wrong with the draft',
  params: workflowParams,
  answer: { status: 200, body: z.object({ revision: z.int(), problems: z.array(documentProblemSchema) }) },
});

import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { workflowParams } from '../view.ts';
import { testNodeSchema, testRunBody } from './view.ts';

/** What a test run would do, node by node in drawing order; refuses as the start does, but for `graph_invalid`: the problems are told by node. */
export const previewTestRun = defineEndpoint({
  method: 'POST',
  path: '/api/v1/workflows/:workflowId/test-runs/preview',
  summary: 'What a test run would do',
  params: workflowParams,
  body: testRunBody,
  answer: { status: 200, body: z.object({ nodes: z.array(testNodeSchema) }) },
});

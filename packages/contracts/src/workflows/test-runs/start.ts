import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { workflowParams } from '../view.ts';
import { testRunBody } from './view.ts';

/**
 * Runs a part of the draft as it is now, without publishing it. 422 `graph_invalid` (with the problems of what would run),
 * `test_node_unknown`, `test_node_missing`, `test_trigger_missing`, `test_trigger_ambiguous`, `test_input_missing`.
 */
export const startTestRun = defineEndpoint({
  method: 'POST',
  path: '/api/v1/workflows/:workflowId/test-runs',
  summary: 'Run a part of the draft',
  params: workflowParams,
  body: testRunBody,
  answer: { status: 201, body: z.object({ runId: z.string() }) },
});

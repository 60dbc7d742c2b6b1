import { endpoints } from '@millwright/contracts';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';
import { startTest } from '../../../test-runs/start-test.ts';

/** Largest input in bytes. */
const MAX_INPUT_BYTES = 1024 * 1024;

/** `POST /api/v1/workflows/:workflowId/test-runs`: answers when the start is on disk. */
export const startTestRun = defineRoute(
  endpoints.workflows.startTestRun,
  { ...WRITE_RULES, bodyLimitBytes: MAX_INPUT_BYTES, permission: 'workflows.edit', audit: 'workflow.tested' },
  async (call, deps) => ({ runId: await startTest(call, deps, { workflowId: call.params.workflowId, request: call.body }) }),
);

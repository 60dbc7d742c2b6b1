import { endpoints } from '@millwright/contracts';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';
import { previewTest } from '../../../test-runs/start-test.ts';

/** Largest input in bytes. */
const MAX_INPUT_BYTES = 1024 * 1024;

/** `POST /api/v1/workflows/:workflowId/test-runs/preview`: changes nothing; a POST because it takes the body of the start. */
export const previewTestRun = defineRoute(
  endpoints.workflows.previewTestRun,
  { ...WRITE_RULES, bodyLimitBytes: MAX_INPUT_BYTES, permission: 'workflows.edit', audit: 'none' },
  async (call, deps) => {
    const { planned } = await previewTest(call, deps, { workflowId: call.params.workflowId, request: call.body });
    return { nodes: [...planned.nodes] };
  },
);

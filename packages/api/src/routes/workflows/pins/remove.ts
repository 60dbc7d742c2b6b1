import { endpoints } from '@millwright/contracts';
import { pins } from '@millwright/db';
import { notFound } from '../../../problems.ts';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';
import { requireWorkflow } from '../../../workflow-views.ts';

/** `DELETE /api/v1/workflows/:workflowId/pins/:nodeId` */
export const removePin = defineRoute(
  endpoints.workflows.removePin,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'workflows.edit', audit: 'workflow.unpinned' },
  async ({ params, write }) => {
    await write(async (tx, audit) => {
      await requireWorkflow(tx, params.workflowId);
      if (!(await pins.remove(tx, params))) throw notFound('pin');
      await audit({ kind: 'workflow', id: params.workflowId }, { nodeId: params.nodeId });
    });
    return undefined;
  },
);

import { endpoints } from '@millwright/contracts';
import { workflows } from '@millwright/db';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';
import { requireWorkflow } from '../../workflow-views.ts';

/** `DELETE /api/v1/workflows/:workflowId` */
export const removeWorkflow = defineRoute(
  endpoints.workflows.remove,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'workflows.archive', audit: 'workflow.archived' },
  async ({ params, principal, write }) => {
    await write(async (tx, audit) => {
      const { id, name } = await requireWorkflow(tx, params.workflowId);
      await workflows.archive(tx, { workflowId: id, by: principal.userId });
      await audit({ kind: 'workflow', id }, { name });
    });
    return undefined;
  },
);

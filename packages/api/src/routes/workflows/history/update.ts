import { endpoints } from '@millwright/contracts';
import { restorePoints } from '@millwright/db';
import { readEntryView } from '../../../history-views.ts';
import { notFound } from '../../../problems.ts';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';
import { requireWorkflow } from '../../../workflow-views.ts';

/** `PATCH /api/v1/workflows/:workflowId/history/:entryId` */
export const renamePoint = defineRoute(
  endpoints.workflows.renamePoint,
  { ...WRITE_RULES, permission: 'workflows.edit', audit: 'workflow.versionNamed' },
  ({ params: { workflowId, entryId }, body: { name }, write }) =>
    write(async (tx, audit) => {
      await requireWorkflow(tx, workflowId);
      if (name !== null) await restorePoints.requireRoom(tx, workflowId);
      const isKnown = await restorePoints.rename(tx, { id: entryId, workflowId, name });
      if (!isKnown) throw notFound('version');
      await audit({ kind: 'workflow', id: workflowId }, { pointId: entryId, name });
      return readEntryView(tx, workflowId, entryId);
    }),
);

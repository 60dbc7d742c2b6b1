import { endpoints } from '@millwright/contracts';
import { newId } from '@millwright/core';
import { restorePoints } from '@millwright/db';
import { readEntryView } from '../../../history-views.ts';
import { notFound } from '../../../problems.ts';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';

/** `POST /api/v1/workflows/:workflowId/history`: with everything that was typed up to now. */
export const nameVersion = defineRoute(
  endpoints.workflows.nameVersion,
  { ...WRITE_RULES, permission: 'workflows.edit', audit: 'workflow.versionNamed' },
  async ({ params: { workflowId }, body: { name }, principal, write }, { drafts }) => {
    await drafts.read(principal.workspaceId, workflowId);
    return write(async (tx, audit) => {
      const id = newId('restorePoint');
      await restorePoints.requireRoom(tx, workflowId);
      const isKept = await restorePoints.keep(tx, { id, workflowId, cause: 'name', name, by: principal.userId });
      if (!isKept) throw notFound('workflow');
      await audit({ kind: 'workflow', id: workflowId }, { pointId: id, name });
      return readEntryView(tx, workflowId, id);
    });
  },
);

import { endpoints } from '@millwright/contracts';
import { UserError } from '@millwright/core';
import { workflows } from '@millwright/db';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';
import { readWorkflowView, requireWorkflow } from '../../workflow-views.ts';

/** `PATCH /api/v1/workflows/:workflowId`: the name lives in the draft, so that open editors see it change. */
export const updateWorkflow = defineRoute(
  endpoints.workflows.update,
  { ...WRITE_RULES, permission: 'workflows.edit', audit: 'workflow.changed' },
  async ({ params: { workflowId }, body, principal, read, write }, { drafts, publicUrl }) => {
    const { name, active } = body;
    const by = principal.userId;
    const { state } = await read((tx) => requireWorkflow(tx, workflowId));
    if (active !== undefined && state === 'draft') {
      throw new UserError('conflict', { code: 'not_published', message: 'This workflow was never published.', hint: 'Publish it first.' });
    }
    if (name !== undefined)
      await drafts.edit({ workspaceId: principal.workspaceId, workflowId, by }, (document) => ({ ...document, name }));
    return write(async (tx, audit) => {
      if (active !== undefined) await workflows.setActive(tx, { workflowId, active, by });
      await audit(
        { kind: 'workflow', id: workflowId },
        { ...(name === undefined ? {} : { name }), ...(active === undefined ? {} : { active }) },
      );
      return readWorkflowView(tx, workflowId, publicUrl);
    });
  },
);

import { endpoints } from '@millwright/contracts';
import { newId } from '@millwright/core';
import { parseDocument } from '@millwright/workflow';
import { readEntryDocument } from '../../../history-views.ts';
import { restoreDraft } from '../../../drafts/restore-draft.ts';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';
import { requireWorkflow } from '../../../workflow-views.ts';

/**
 * `POST /api/v1/workflows/:workflowId/history/:entryId/restore`. The point of what the draft said before and the audit entry
 * are committed before the draft changes: a process that dies in between leaves one point more and the draft as it was.
 */
export const restoreEntry = defineRoute(
  endpoints.workflows.restoreEntry,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'workflows.edit', audit: 'workflow.restored' },
  async ({ params: { workflowId, entryId }, principal, read, write }, { drafts, db }) => {
    const document = await read(async (tx) => {
      await requireWorkflow(tx, workflowId);
      return parseDocument(await readEntryDocument(tx, workflowId, entryId));
    });
    const before = newId('restorePoint');
    await write((_tx, audit) => audit({ kind: 'workflow', id: workflowId }, { entryId, before }));
    const target = { workspaceId: principal.workspaceId, workflowId, by: principal.userId };
    const { revision } = await restoreDraft({ db, drafts }, { target, document, before });
    return { revision, before };
  },
);

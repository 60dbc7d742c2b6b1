import { endpoints } from '@millwright/contracts';
import { newId, UserError } from '@millwright/core';
import { draftChanges, drafts, projects, workflows } from '@millwright/db';
import { emptyDocument, type WorkflowDocument } from '@millwright/workflow';
import { changePath, differenceOf } from '@millwright/workflow/difference';
import { createDraft } from '@millwright/workflow/draft';
import { encodeStateAsUpdate } from 'yjs';
import { triggerTypesOf } from '../../drafts/trigger-types.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';
import { templates } from '../../templates/templates.ts';
import { readWorkflowView } from '../../workflow-views.ts';

function firstDocument(name: string, key: string | undefined, publicUrl: string): WorkflowDocument {
  if (key === undefined) return emptyDocument(name);
  const template = templates.find((candidate) => candidate.key === key);
  if (template === undefined)
    throw new UserError('unprocessable', {
      code: 'template_unknown',
      message: `There is no template "${key}".`,
      hint: 'GET /api/v1/templates lists them.',
    });
  return template.build({ name, publicUrl });
}

/** `POST /api/v1/workflows`: workflow and first draft in one transaction. */
export const createWorkflow = defineRoute(
  endpoints.workflows.create,
  { ...WRITE_RULES, permission: 'workflows.edit', audit: 'workflow.created' },
  ({ body, principal, write }, { catalog, publicUrl }) => {
    const document = firstDocument(body.name, body.template, publicUrl);
    const id = newId('workflow');
    const by = principal.userId;
    return write(async (tx, audit) => {
      await workflows.create(tx, { id, name: body.name, projectId: await projects.defaultId(tx), createdBy: by });
      const yState = encodeStateAsUpdate(createDraft(document));
      await drafts.save(tx, { workflowId: id, document, yState, triggerTypes: triggerTypesOf(document, catalog), revisionExpected: 0, by });
      const at = new Date();
      const parts = differenceOf(emptyDocument(body.name), document).map((change) => ({ path: changePath(change), userId: by, at }));
      await draftChanges.record(tx, id, parts);
      await audit({ kind: 'workflow', id }, { name: body.name, template: body.template ?? null });
      return readWorkflowView(tx, id, publicUrl);
    });
  },
);

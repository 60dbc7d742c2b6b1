import { endpoints as contracts } from '@millwright/contracts';
import { newId } from '@millwright/core';
import { draftChanges, plans, versions } from '@millwright/db';
import { differenceOf } from '@millwright/workflow/difference';
import { settledPaths } from '../../publish/authors.ts';
import { goLive } from '../../publish/go-live.ts';
import { chosenDocument, readPending } from '../../publish/pending.ts';
import { planOrRefuse } from '../../publish/plan-or-refuse.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `POST /api/v1/workflows/:workflowId/publish`: plan, version, URLs and the switch to live in one transaction. */
export const publishWorkflow = defineRoute(
  contracts.workflows.publish,
  { ...WRITE_RULES, permission: 'workflows.publish', audit: 'workflow.published' },
  async ({ params: { workflowId }, body: { note, ...selection }, principal, write }, deps) => {
    // Stores what was typed up to now; the transaction below reads it again, and publishes exactly that revision.
    await deps.drafts.read(principal.workspaceId, workflowId);
    return write(async (tx, audit) => {
      const number = await versions.nextNumber(tx, workflowId);
      const pending = await readPending(tx, workflowId);
      const document = chosenDocument(pending, selection, deps.catalog);
      const candidate = { workflowId, document, principal };
      const plan = await planOrRefuse(tx, candidate, deps);
      await plans.put(tx, plan);
      const version = { id: newId('version'), number };
      const { planHash } = plan.skeleton;
      await versions.create(tx, { ...version, workflowId, document, planHash, note, publishedBy: principal.userId });
      const endpoints = await goLive(tx, { ...candidate, versionId: version.id }, deps);
      const left = differenceOf(document, pending.draft.document);
      await draftChanges.settle(tx, workflowId, settledPaths(left, await draftChanges.list(tx, workflowId)));
      const { revision } = pending.draft;
      await audit({ kind: 'workflow', id: workflowId }, { versionId: version.id, number, revision, planHash, leftOut: left.length });
      return { version, endpoints };
    });
  },
);

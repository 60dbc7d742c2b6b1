import { endpoints as contracts } from '@millwright/contracts';
import { newId, UserError } from '@millwright/core';
import { endpoints, plans, triggerBindings, versions, workflows } from '@millwright/db';
import { compile, type Compiled } from '@millwright/engine/compile';
import type { Plan, Problem, WorkflowDocument } from '@millwright/workflow';
import { checkCredentials } from '../../credentials/check-plan.ts';
import { PROBLEMS_DETAIL } from '../../problems.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';
import { toEndpointView } from '../../workflow-views.ts';
import { bindingsOf, endpointsOf, isForCallers } from '../../webhook-endpoints.ts';
import { requireDraft } from '../../drafts/draft-keeper.ts';
import { knownNames } from '../../variables/known-names.ts';
import { handlerProblem } from './failure-handler.ts';
import { settingsWithoutEffect } from './settings-without-effect.ts';

function invalid(problems: readonly Problem[]): UserError {
  const errors = problems.filter((problem) => problem.level === 'error').length;
  return new UserError('unprocessable', {
    code: 'graph_invalid',
    message:
      errors === 1
        ? 'One problem keeps this workflow from being published.'
        : `${errors} problems keep this workflow from being published.`,
    hint: 'Each problem names its node and field.',
    details: { [PROBLEMS_DETAIL]: problems },
  });
}

function listed<T>(one: T | null): readonly T[] {
  return one === null ? [] : [one];
}

/** @throws UserError `graph_invalid` with every problem, warnings included */
function planOrRefuse({ plan, problems }: Compiled, document: WorkflowDocument): Plan {
  if (plan === null) throw invalid([...problems, ...settingsWithoutEffect(document)]);
  return plan;
}

/** `POST /api/v1/workflows/:workflowId/publish`: plan, version, URLs and the switch to live in one transaction. */
export const publishWorkflow = defineRoute(
  contracts.workflows.publish,
  { ...WRITE_RULES, permission: 'workflows.publish', audit: 'workflow.published' },
  async ({ params: { workflowId }, body, principal, write }, deps) => {
    const { drafts: live, catalog, publicUrl } = deps;
    // Stores what was typed up to now; the transaction below reads it again, and publishes exactly that revision.
    await live.read(principal.workspaceId, workflowId);
    return write(async (tx, audit) => {
      const number = await versions.nextNumber(tx, workflowId);
      const { document, revision } = await requireDraft(tx, workflowId);
      const plan = planOrRefuse(compile(document, catalog, await knownNames(tx, deps)), document);
      const wrong = [
        ...(await checkCredentials(tx, plan, { catalog, principal })),
        ...listed(await handlerProblem(tx, workflowId, document)),
      ];
      if (wrong.length > 0) throw invalid(wrong);
      await plans.put(tx, plan);
      const version = { id: newId('version'), number };
      const { planHash } = plan.skeleton;
      const publishedBy = principal.userId;
      await versions.create(tx, { ...version, workflowId, document, planHash, note: body.note, publishedBy });
      await workflows.setLive(tx, { workflowId, versionId: version.id, by: publishedBy });
      const made = await endpoints.upsertForWorkflow(tx, workflowId, endpointsOf(document, catalog));
      await triggerBindings.bindForWorkflow(tx, workflowId, bindingsOf(document, catalog, made));
      const urls = made.filter(isForCallers);
      await audit({ kind: 'workflow', id: workflowId }, { versionId: version.id, number, revision, planHash });
      return { version, endpoints: urls.map((endpoint) => toEndpointView(endpoint, publicUrl)) };
    });
  },
);

import { UserError } from '@millwright/core';
import type { TenantTx } from '@millwright/db';
import { compile } from '@millwright/engine/compile';
import type { Plan, Problem, WorkflowDocument } from '@millwright/workflow';
import { checkCredentials } from '../credentials/check-plan.ts';
import type { ApiDeps } from '../deps.ts';
import type { Principal } from '../principal.ts';
import { PROBLEMS_DETAIL } from '../problems.ts';
import { handlerProblem } from '../routes/workflows/failure-handler.ts';
import { settingsWithoutEffect } from '../routes/workflows/settings-without-effect.ts';
import { knownNames } from '../variables/known-names.ts';

/** What is to go live, and who says so. */
export interface Candidate {
  readonly workflowId: string;
  readonly document: WorkflowDocument;
  readonly principal: Principal;
}

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

/**
 * Compiles a document and checks everything that publishing it needs.
 * @throws UserError `graph_invalid` with every problem, warnings included; `credential_forbidden`
 */
export async function planOrRefuse(tx: TenantTx, { workflowId, document, principal }: Candidate, deps: ApiDeps): Promise<Plan> {
  const { catalog } = deps;
  const { plan, problems } = compile(document, catalog, await knownNames(tx, deps));
  if (plan === null) throw invalid([...problems, ...settingsWithoutEffect(document)]);
  const wrong = [...(await checkCredentials(tx, plan, { catalog, principal })), ...listed(await handlerProblem(tx, workflowId, document))];
  if (wrong.length > 0) throw invalid(wrong);
  return plan;
}

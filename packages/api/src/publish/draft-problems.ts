import type { TenantTx } from '@millwright/db';
import { checkDocument } from '@millwright/engine/compile';
import type { Problem } from '@millwright/workflow';
import { judgeCredentials } from '../credentials/judge.ts';
import type { ApiDeps } from '../deps.ts';
import { settingsWithoutEffect } from '../routes/workflows/settings-without-effect.ts';
import { sourceFaults } from '../routes/workflows/source-faults.ts';
import { knownNames } from '../variables/known-names.ts';
import type { Candidate } from './plan-or-refuse.ts';

/** Everything that checking says of a document that is not published yet, warnings included. */
export async function draftProblems(
  tx: TenantTx,
  { document, principal }: Omit<Candidate, 'workflowId'>,
  deps: ApiDeps,
): Promise<readonly Problem[]> {
  const known = await knownNames(tx, deps);
  const slots = await judgeCredentials(tx, document.nodes, { catalog: deps.catalog, principal });
  return [
    ...checkDocument(document, deps.catalog, known),
    ...slots,
    ...settingsWithoutEffect(document),
    ...sourceFaults(document, deps.nodeFaults),
  ];
}

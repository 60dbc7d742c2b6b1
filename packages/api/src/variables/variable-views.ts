import type { VariableView } from '@millwright/contracts';
import { variables, type TenantTx } from '@millwright/db';
import { documentMentions } from '@millwright/engine/compile';
import type { NodeTypeCatalog } from '@millwright/workflow';

/** Workflows that are looked through for uses. */
const MAX_WORKFLOWS = 1_000;

/** Says where variables are used. */
export interface VariableUses {
  readonly of: (key: string) => VariableView['usedIn'];
}

/** Looks through the drafts and live versions of the workspace. A computed name counts as a use of every variable. */
export async function findUses(tx: TenantTx, catalog: NodeTypeCatalog): Promise<VariableUses> {
  const workflows = (await variables.mentioning(tx, MAX_WORKFLOWS)).map(({ id, name, draft, live }) => ({
    id,
    name,
    draft: draft === null ? [] : documentMentions(draft, catalog).vars,
    live: live?.vars ?? [],
  }));
  const mentions = (names: readonly string[], key: string): boolean => names.includes(key) || names.includes('*');
  return {
    of: (key) =>
      workflows.flatMap(({ id, name, draft, live }) => {
        const use = { workflowId: id, name, inDraft: mentions(draft, key), isLive: mentions(live, key) };
        return use.inDraft || use.isLive ? [use] : [];
      }),
  };
}

/** A variable as the wire shows it. */
export function toVariableView(variable: variables.Variable, uses: VariableUses): VariableView {
  return { ...variable, updatedAt: variable.updatedAt.toISOString(), usedIn: [...uses.of(variable.key)] };
}

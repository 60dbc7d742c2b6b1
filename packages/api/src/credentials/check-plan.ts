import { UserError } from '@millwright/core';
import type { TenantTx } from '@millwright/db';
import type { NodeTypeCatalog, Plan, Problem } from '@millwright/workflow';
import type { Principal } from '../principal.ts';
import { FORBIDDEN, judgeCredentials, type NodeWithSlots } from './judge.ts';

function nodesOf(plan: Plan): readonly NodeWithSlots[] {
  return plan.skeleton.nodes.flatMap((node) => {
    const config = plan.configs[node.id];
    return config === undefined ? [] : [{ ...node, name: config.name, credentials: config.credentials }];
  });
}

/**
 * Checks the credentials of a plan that somebody publishes or tests: each is there, of a kind that the step takes, and hers to use.
 * @returns errors of the document
 * @throws UserError `credential_forbidden` naming the step: what is not there and what is not shared look the same
 */
export async function checkCredentials(
  tx: TenantTx,
  plan: Plan,
  of: { readonly catalog: NodeTypeCatalog; readonly principal: Pick<Principal, 'userId' | 'role'> },
): Promise<readonly Problem[]> {
  const nodes = nodesOf(plan);
  const problems = await judgeCredentials(tx, nodes, of);
  const foreign = problems.find(({ code }) => code === FORBIDDEN);
  if (foreign !== undefined) throw forbidden(foreign, nodes);
  return problems.filter(({ level }) => level === 'error');
}

function forbidden({ nodeId = '', field = '' }: Problem, nodes: readonly NodeWithSlots[]): UserError {
  return new UserError('forbidden', {
    code: FORBIDDEN,
    message: `The step "${nodes.find(({ id }) => id === nodeId)?.name ?? nodeId}" uses a connection that does not exist, or that you may not use.`,
    hint: 'Choose one of yours in the step, or ask its owner or an admin to share it with you.',
    details: { nodeId, slot: field.replace(/^credentials\./, '') },
  });
}

import { isId } from '@millwright/core';
import { credentials, type TenantTx } from '@millwright/db';
import type { NodeTypeCatalog, Problem } from '@millwright/workflow';
import type { Principal } from '../principal.ts';
import { lookerOf } from './looker.ts';
import { missingCredentials, type SlotsOfNode } from './missing.ts';

/** A node as people know it, with what its slots hold. */
export interface NodeWithSlots extends SlotsOfNode {
  readonly name: string;
}

/** Code of a finding: a credential that is not there, or that the caller may not use; both look the same. */
export const FORBIDDEN = 'credential_forbidden';

type Known = ReadonlyMap<string, credentials.UsableCredential>;

/** One slot that names a credential. */
interface Named {
  readonly nodeId: string;
  readonly slot: string;
  readonly credentialId: string;
  readonly types: readonly string[] | undefined;
}

function namedIn(nodes: readonly SlotsOfNode[], catalog: NodeTypeCatalog): readonly Named[] {
  return nodes.flatMap((node) => {
    const slots = catalog.get(node.type, node.version)?.credentials ?? [];
    return Object.entries(node.credentials)
      .filter(([, credentialId]) => credentialId !== '')
      .map(([slot, credentialId]) => ({ nodeId: node.id, slot, credentialId, types: slots.find(({ name }) => name === slot)?.types }));
  });
}

/** `*` takes every kind. */
function takes(types: readonly string[] | undefined, type: string): boolean {
  return types === undefined || types.includes('*') || types.includes(type);
}

function findingOf({ nodeId, slot, credentialId, types }: Named, usable: Known): readonly Problem[] {
  const place = { nodeId, field: `credentials.${slot}` };
  const found = usable.get(credentialId);
  if (found === undefined)
    return [
      {
        ...place,
        code: FORBIDDEN,
        level: 'error',
        text: 'This connection does not exist, or you may not use it.',
        hint: 'Choose one of yours, or ask its owner or an admin to share it with you.',
      },
    ];
  if (!takes(types, found.type))
    return [
      {
        ...place,
        code: 'credential_type_wrong',
        level: 'error',
        text: 'This step does not take a connection of this kind.',
        hint: 'Choose one of the right kind.',
      },
    ];
  if (found.health !== 'needsReconnect' && found.health !== 'notConnected') return [];
  return [
    {
      ...place,
      code: 'credential_reconnect',
      level: 'warning',
      text: 'This connection has to be connected again: runs wait here until somebody has.',
      hint: 'Open it under Connections and reconnect it.',
    },
  ];
}

/** What is wrong with the credentials that nodes name, for somebody: one is missing, not hers to use, of a wrong kind, or has to be reconnected. */
export async function judgeCredentials(
  tx: TenantTx,
  nodes: readonly SlotsOfNode[],
  of: { readonly catalog: NodeTypeCatalog; readonly principal: Pick<Principal, 'userId' | 'role'> },
): Promise<readonly Problem[]> {
  const missing = missingCredentials(nodes, of.catalog);
  const named = namedIn(nodes, of.catalog);
  if (named.length === 0) return missing;
  const ids = [...new Set(named.map(({ credentialId }) => credentialId))].filter((id) => isId('credential', id));
  const usable = await credentials.usable(tx, ids, lookerOf(of.principal));
  return [...missing, ...named.flatMap((one) => findingOf(one, usable))];
}

import { credentials, type TenantTx } from '@millwright/db';
import { renderHost } from '../template.ts';

/** The hosts of a connector, before and after it became another version. */
export interface HostsGrown {
  readonly connectorKey: string;
  readonly before: readonly string[];
  readonly added: readonly string[];
}

function filledIn(hosts: readonly string[], fields: Readonly<Record<string, string>>): readonly string[] {
  return hosts.map((host) => renderHost(host, fields).toLowerCase());
}

/**
 * Lets the credentials of a connector be sent to hosts that it came to have, which somebody confirmed. One that its owner keeps to fewer
 * hosts than the connector had stays with these.
 * @returns how many were changed
 * @throws UserError `credential_field_missing` where a host has a place for a field that a credential does not have
 */
export async function widenHosts(tx: TenantTx, { connectorKey, before, added }: HostsGrown): Promise<number> {
  if (added.length === 0) return 0;
  let changed = 0;
  for (const { id, name, hosts, fields, owner } of await credentials.holdOfConnector(tx, connectorKey)) {
    if (!filledIn(before, fields).every((host) => hosts.includes(host))) continue;
    const wide = [...new Set([...hosts, ...filledIn(added, fields)])];
    if (wide.length === hosts.length) continue;
    await credentials.describe(tx, id, { name, hosts: wide, ownerId: owner.id });
    changed += 1;
  }
  return changed;
}

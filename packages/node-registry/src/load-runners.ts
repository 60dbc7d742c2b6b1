import { messageOf } from '@millwright/core';
import type { ActionDefinition, Connector, NodePackage } from '@millwright/node-sdk';
import type { DiscoveredPackage, PackageFailure } from './discover.ts';
import { loadPackage } from './load-package.ts';

/** The actions of the installed packages, to be run. For workers only. */
export interface NodeRunners {
  readonly get: (type: string, version: number) => ActionDefinition | undefined;
  /** A connector by its key: for lists of values, tests of credentials and triggers. */
  readonly connector: (key: string) => Connector | undefined;
  /** Packages that could not be loaded; the others work. */
  readonly failures: readonly PackageFailure[];
}

/** The actions of packages that are loaded: the first of two that have the same type wins. */
export function runnersOf(packages: readonly NodePackage[], failures: readonly PackageFailure[] = []): NodeRunners {
  const actions = new Map<string, ActionDefinition>();
  const connectors = new Map<string, Connector>();
  for (const { nodes, connector } of packages) {
    if (connector !== undefined && !connectors.has(connector.key)) connectors.set(connector.key, connector);
    for (const node of nodes) {
      const key = `${node.info.type}@${node.info.version}`;
      if (node.kind !== 'trigger' && !actions.has(key)) actions.set(key, node);
    }
  }
  return { get: (type, version) => actions.get(`${type}@${version}`), connector: (key) => connectors.get(key), failures };
}

/** Imports the packages into this process. */
export async function loadRunners(packages: readonly DiscoveredPackage[]): Promise<NodeRunners> {
  const loaded: NodePackage[] = [];
  const failures: PackageFailure[] = [];
  for (const { name, entry } of packages) {
    try {
      loaded.push(await loadPackage(entry));
    } catch (failure) {
      failures.push({ packageName: name, reason: messageOf(failure) });
    }
  }
  return runnersOf(loaded, failures);
}

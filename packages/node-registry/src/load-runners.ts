import { messageOf } from '@millwright/core';
import type { ActionDefinition, Connector, NodePackage, PollFunctions, TriggerDefinition } from '@millwright/node-sdk';
import type { DiscoveredPackage, PackageFailure } from './discover.ts';
import { loadPackage } from './load-package.ts';

/** The actions of the installed packages, to be run. For workers only. */
export interface NodeRunners {
  readonly get: (type: string, version: number) => ActionDefinition | undefined;
  /** A connector by its key: for lists of values, tests of credentials and triggers. */
  readonly connector: (key: string) => Connector | undefined;
  /** How a trigger is asked that a function of its package asks; keys as in `connectorTrigger` of its node type. */
  readonly polls: (connectorKey: string, triggerKey: string) => PollFunctions | undefined;
  /** Packages that could not be loaded; the others work. */
  readonly failures: readonly PackageFailure[];
}

function addPolls(polled: Map<string, PollFunctions>, { polls, info: { connectorTrigger } }: TriggerDefinition): void {
  if (polls === undefined || connectorTrigger === undefined) return;
  const key = `${connectorTrigger.connector}.${connectorTrigger.trigger}`;
  if (!polled.has(key)) polled.set(key, polls);
}

/** The actions of packages that are loaded: the first of two that have the same type wins. */
export function runnersOf(packages: readonly NodePackage[], failures: readonly PackageFailure[] = []): NodeRunners {
  const actions = new Map<string, ActionDefinition>();
  const connectors = new Map<string, Connector>();
  const polled = new Map<string, PollFunctions>();
  for (const { nodes, connector } of packages) {
    if (connector !== undefined && !connectors.has(connector.key)) connectors.set(connector.key, connector);
    for (const node of nodes) {
      const key = `${node.info.type}@${node.info.version}`;
      if (node.kind !== 'trigger' && !actions.has(key)) actions.set(key, node);
      if (node.kind === 'trigger') addPolls(polled, node);
    }
  }
  return {
    get: (type, version) => actions.get(`${type}@${version}`),
    connector: (key) => connectors.get(key),
    polls: (connectorKey, triggerKey) => polled.get(`${connectorKey}.${triggerKey}`),
    failures,
  };
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

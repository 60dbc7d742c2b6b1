import type { ConnectorChangesView } from '@millwright/contracts';

/** New hosts that have to be confirmed for what is chosen: those of the connector, and those that chosen operations have of their own. */
export function hostsNeeded({ hostsAdded, operations }: ConnectorChangesView, chosen: ReadonlySet<string>): readonly string[] {
  const own = (some: typeof operations): ReadonlySet<string> => new Set(some.flatMap(({ newHost }) => newHost ?? []));
  const [all, wanted] = [own(operations), own(operations.filter(({ operation }) => chosen.has(operation)))];
  return hostsAdded.filter((host) => wanted.has(host) || !all.has(host));
}

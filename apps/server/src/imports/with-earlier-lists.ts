import type { ConnectorPackage } from '@millwright/node-sdk';

/**
 * The versions of a connector, the newest of which also has the lists of values that only earlier ones have: forms of their steps ask the
 * connector, whatever version they are of.
 * @param versions the newest first
 */
export function withEarlierLists(versions: readonly ConnectorPackage[]): readonly ConnectorPackage[] {
  const [newest, ...earlier] = versions;
  if (newest === undefined || earlier.length === 0) return versions;
  const options = Object.fromEntries(versions.toReversed().flatMap(({ connector }) => Object.entries(connector.options)));
  return [{ ...newest, connector: { ...newest.connector, options } }, ...earlier];
}

import { canonicalJson, type JsonValue } from '@millwright/core';
import type { AuthSpec } from '@millwright/node-sdk';
import type { ImportedAction, ImportedConnector } from '../imported.ts';
import type { Overlay } from '../overlay.ts';
import { freeName } from '../words.ts';
import { behaviourOf, differingParts } from './behaviour.ts';

/** A connector's versions, the oldest first; never empty. */
export type History = readonly [ImportedConnector, ...ImportedConnector[]];

/** Keys that operations had: a step stays the one that it is, whatever the vendor calls the operation now. */
export function keysOf(history: readonly ImportedConnector[]): NonNullable<Overlay['actions']> {
  const named = history.flatMap(({ actions }) => Object.entries(actions).map(([key, { operation }]) => [operation, { key }] as const));
  return Object.fromEntries(named);
}

/** Whether two sign in the same way, whatever they are called. */
function isSame(one: AuthSpec, other: AuthSpec): boolean {
  const [left, right] = [one, other].map(({ label: _label, ...auth }) => canonicalJson(JSON.parse(JSON.stringify(auth)) as JsonValue));
  return left === right;
}

/** A way to sign in, under the name that the new version has it by. */
type NamedAuth = readonly [name: string, spec: AuthSpec];

/**
 * Names for the ways to sign in: what is as it was keeps its name, so that connections go on; what is another gets one that no version had,
 * so that steps of earlier versions go on with theirs.
 */
function namedAuth(history: History, auth: ImportedConnector['auth']): ReadonlyMap<string, NamedAuth> {
  const earlier = history.toReversed().flatMap((one) => Object.entries(one.auth));
  const named = new Map<string, NamedAuth>();
  const isFree = (one: string): boolean => ![...named.values()].some(([name]) => name === one);
  for (const [name, spec] of Object.entries(auth)) {
    const same = earlier.filter(([known, other]) => isSame(other, spec) && isFree(known));
    const kept = same.find(([known]) => known === name) ?? same[0];
    const free = freeName(name, (one) => earlier.some(([known]) => known === one) || !isFree(one));
    // Two of one label could not be told from each other where people connect.
    const label = earlier.some(([, other]) => other.label === spec.label) ? `${spec.label} (${history.length + 1})` : spec.label;
    named.set(name, kept ?? [free, { ...spec, label }]);
  }
  return named;
}

function withNamedAuth(connector: ImportedConnector, named: ReadonlyMap<string, NamedAuth>): ImportedConnector {
  const renamed = (action: ImportedAction): ImportedAction =>
    action.auth === undefined ? action : { ...action, auth: action.auth.map((name) => named.get(name)?.[0] ?? name) };
  return {
    ...connector,
    auth: Object.fromEntries(named.values()),
    actions: Object.fromEntries(Object.entries(connector.actions).map(([key, action]) => [key, renamed(action)])),
  };
}

/** The version of a step: the one that it had last where it does the same, else one that nothing had. */
function versionOf(history: History, fresh: ImportedConnector, { key, action }: { readonly key: string; readonly action: ImportedAction }) {
  const known = history.flatMap((connector) => {
    const had = connector.actions[key];
    return had === undefined ? [] : [{ connector, had }];
  });
  const last = known.at(-1);
  if (last === undefined) return 1;
  const isAsBefore = differingParts(behaviourOf(last.connector, last.had), behaviourOf(fresh, action)).length === 0;
  return isAsBefore ? last.had.version : Math.max(...known.map(({ had }) => had.version)) + 1;
}

/**
 * Makes what was read of a newer description the next version of a connector: steps that do something else than before get a version of
 * their own, beside the earlier ones; those that do the same stay.
 * @param fresh imported with the keys of {@link keysOf}
 */
export function asNewVersion(history: History, fresh: ImportedConnector): ImportedConnector {
  const named = withNamedAuth(fresh, namedAuth(history, fresh.auth));
  const actions = Object.entries(named.actions).map(
    ([key, action]) => [key, { ...action, version: versionOf(history, named, { key, action }) }] as const,
  );
  return { ...named, version: `1.${history.length}.0`, actions: Object.fromEntries(actions) };
}

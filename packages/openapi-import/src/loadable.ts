import { messageOf, UserError } from '@millwright/core';
import { defineConnector } from '@millwright/node-sdk';
import type { ImportedConnector } from './imported.ts';
import { toConnectorSpec } from './to-connector.ts';

/** Why a connector does not load; null where it does. */
function refusalOf(connector: ImportedConnector): UserError | null {
  try {
    defineConnector(toConnectorSpec(connector));
    return null;
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown;
    throw thrown;
  }
}

/**
 * The connector without the actions that break a rule of loading, each named with its reason: one of them is no reason to do without the
 * others.
 * @throws UserError `node_definition_invalid` where the connector itself breaks one
 */
export function loadable(connector: ImportedConnector): ImportedConnector {
  const refusal = refusalOf(connector);
  if (refusal === null || Object.keys(connector.actions).length === 0) return connector;
  const skipped = [...connector.skipped];
  const actions = Object.entries(connector.actions).filter(([key, action]) => {
    const alone = refusalOf({ ...connector, actions: { [key]: action } });
    if (alone !== null) skipped.push({ operation: action.operation, why: messageOf(alone) });
    return alone === null;
  });
  if (actions.length === 0) throw refusal;
  const left = { ...connector, actions: Object.fromEntries(actions), skipped };
  const still = refusalOf(left);
  if (still !== null) throw still;
  return left;
}

import type { JsonValue } from '@millwright/core';
import { z } from 'zod';
import { callAction } from '../call-action.ts';
import { defineAction } from '../define-action.ts';
import type { ActionDefinition } from '../definition.ts';
import type { ConnectorAction } from './connector-action.ts';
import type { Connector } from './connector.ts';
import { durationMs } from './pages.ts';

/** The parameter that every list has: the runtime reads pages until there are as many. */
const MAX_ITEMS = z
  .int()
  .min(1)
  .max(10_000)
  .default(100)
  .meta({ title: 'Items at most', description: 'Pages are read until there are as many.', field: { control: 'number' } });

/** Its name; no action may take it. */
export const MAX_ITEMS_NAME = 'maxItems';

/** What a lost answer means: what the service, or looking it up, keeps from being done twice may be sent again. */
function onLostAnswer({ effect }: ConnectorAction): 'resend' | 'ask' {
  return effect !== 'read' && effect.by === 'unsafe' ? 'ask' : 'resend';
}

function windowOf({ effect }: ConnectorAction): number {
  if (effect === 'read' || effect.by === 'header' || effect.by === 'natural') return 10;
  return 1;
}

/** Types of the catalog that a node takes: of its action, or all that the connector has. */
export function credentialsOf(connector: Connector, { auth = Object.keys(connector.auth) }: Partial<Pick<ConnectorAction, 'auth'>> = {}) {
  const signed = auth.filter((name) => connector.auth[name]?.kind !== 'none');
  if (signed.length === 0) return {};
  return {
    credentials: [{ name: 'auth', types: signed.map((name) => `${connector.key}.${name}`), required: signed.length === auth.length }],
  };
}

/** A declared action as a node type: it gives its checked parameters to the runtime of connectors. */
export function toActionNode(connector: Connector, actionKey: string, action: ConnectorAction): ActionDefinition {
  const isList = action.pages !== undefined;
  return defineAction({
    type: `${connector.key}.${actionKey}`,
    version: action.version ?? 1,
    title: `${connector.title}: ${action.title}`,
    description: action.description,
    category: 'apps',
    icon: connector.icon,
    aliases: [connector.key, ...(action.aliases ?? [])],
    effect: action.effect === 'read' ? 'read' : 'write',
    onLostAnswer: onLostAnswer(action),
    ...(action.effect !== 'read' && action.effect.by === 'header' ? { keyTtlMs: durationMs(action.effect.ttl) } : {}),
    window: windowOf(action),
    timeoutMs: action.timeoutMs ?? (isList ? 120_000 : 30_000),
    input: isList ? action.input.safeExtend({ [MAX_ITEMS_NAME]: MAX_ITEMS }) : action.input,
    output: action.output.schema,
    sample: action.output.sample,
    ...credentialsOf(connector, action),
    run: (ctx): Promise<readonly JsonValue[]> => {
      const { [MAX_ITEMS_NAME]: most, ...input } = ctx.input;
      return callAction(ctx, { connector, actionKey, action, input, maxItems: isList && typeof most === 'number' ? most : 1 });
    },
  });
}

import { InvariantError, type JsonValue } from '@millwright/core';
import type { ActionContext } from './context.ts';
import type { Connector, ConnectorCall } from './connector/connector.ts';

/**
 * Runs a declared action from inside a node: as itself, or as one of several that a plain node makes.
 * @param call its input must have been checked by the action's schema
 * @returns the data of the items that come out
 * @throws InvariantError `connector_runtime_missing`; ConnectorError, UserError as the action does
 */
export async function callAction(
  { connector: port, idempotencyKey, nowMs, signal }: Pick<ActionContext<unknown>, 'connector' | 'idempotencyKey' | 'nowMs' | 'signal'>,
  call: Omit<ConnectorCall, 'idempotencyKey' | 'nowMs' | 'signal'>,
): Promise<readonly JsonValue[]> {
  if (port !== undefined) return port.execute({ ...call, idempotencyKey, nowMs, signal });
  throw new InvariantError({
    code: 'connector_runtime_missing',
    message: `${call.connector.key}.${call.actionKey}: this process runs no connectors`,
  });
}

/**
 * The same by its name, for nodes that make several requests of a connector that declares them: the input is checked by the action's schema.
 * @returns what came first; null where nothing came out
 * @throws InvariantError `connector_action_missing`, and as `callAction` does
 */
export async function callDeclared(
  ctx: Parameters<typeof callAction>[0],
  connector: Connector,
  { actionKey, input }: { readonly actionKey: string; readonly input: Readonly<Record<string, unknown>> },
): Promise<JsonValue> {
  const action = connector.actions[actionKey];
  if (action === undefined)
    throw new InvariantError({ code: 'connector_action_missing', message: `${connector.key} declares no action "${actionKey}"` });
  const [first = null] = await callAction(ctx, { connector, actionKey, action, input: action.input.parse(input), maxItems: 1 });
  return first;
}

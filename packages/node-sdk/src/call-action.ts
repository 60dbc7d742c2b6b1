import { InvariantError, type JsonValue } from '@millwright/core';
import type { ActionContext } from './context.ts';
import type { ConnectorCall } from './connector/connector.ts';

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

import type { JsonObject, JsonValue } from '@millwright/core';
import { isExpression } from '@millwright/expressions';
import type { PlanNodeConfig } from '@millwright/workflow';

/** Configurations never change, and the adapter that reads them keeps them. */
const known = new WeakMap<PlanNodeConfig, JsonObject>();

/**
 * What other nodes may read of a node's parameters: `$('id').params`. Only what stands there as it is: an expression has a value for the
 * items of its own node alone, and is left out (in a list: null). Credentials are no parameters and are never among them.
 */
export function plainParameters(config: PlanNodeConfig): JsonObject {
  const made = known.get(config) ?? plainFields(config.parameters);
  known.set(config, made);
  return made;
}

const plainFields = (fields: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const plain = plainOf(value);
      return plain === undefined ? [] : [[name, plain]];
    }),
  );

function plainOf(value: JsonValue): JsonValue | undefined {
  if (isExpression(value)) return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: JsonValue) => plainOf(one) ?? null);
  return plainFields(value as JsonObject);
}

import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import type { NodeTypeInfo, WorkflowNode } from '@millwright/workflow';

/** The schema's properties by name. */
export function propertiesOf(schema: JsonObject): Readonly<Record<string, JsonValue>> {
  const properties = schema['properties'];
  return isJsonObject(properties) ? properties : {};
}

/** A node's parameters with the defaults of its type filled in at the top level. */
export function parametersOf(node: WorkflowNode, info: NodeTypeInfo): JsonObject {
  const filled: Record<string, JsonValue> = { ...(node.parameters as JsonObject) };
  for (const [name, property] of Object.entries(propertiesOf(info.parameters))) {
    const value = isJsonObject(property) ? property['default'] : undefined;
    if (filled[name] === undefined && value !== undefined) filled[name] = value;
  }
  return filled;
}

/** A parameter's value, or the default that the node type declares for it. */
export function parameterOf(node: WorkflowNode, info: NodeTypeInfo, name: string): JsonValue | undefined {
  const own = node.parameters[name] as JsonValue | undefined;
  if (own !== undefined) return own;
  const property = propertiesOf(info.parameters)[name];
  return isJsonObject(property) ? property['default'] : undefined;
}

/** Whether a text is evaluated rather than taken as it is. */
export function isTemplate(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value.includes('{{');
}

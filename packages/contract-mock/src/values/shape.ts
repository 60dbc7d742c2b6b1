import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { alternatives, flatten } from '@millwright/openapi';

/** Which kinds of value a schema has room for. */
export interface Shape {
  readonly list: boolean;
  readonly object: boolean;
  readonly scalar: boolean;
}

function typesOf(schema: JsonObject): readonly string[] {
  const { type } = schema;
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return (type as readonly JsonValue[]).map(String);
  if (schema['properties'] !== undefined || isJsonObject(schema['additionalProperties'])) return ['object'];
  if (schema['items'] !== undefined) return ['array'];
  return schema['enum'] === undefined ? ['array', 'object', 'string'] : ['string'];
}

/** The kinds of value that fit, over all alternatives. */
export function shapeOf(root: JsonObject, schema: JsonValue): Shape {
  const types = new Set(alternatives(root, flatten(root, schema)).flatMap(typesOf));
  const scalar = [...types].some((type) => type !== 'array' && type !== 'object' && type !== 'null');
  return { list: types.has('array'), object: types.has('object'), scalar };
}

/** The schema of a field, over all alternatives of an object; undefined where it is not named. */
export function fieldSchema(root: JsonObject, schema: JsonValue, name: string): JsonValue | undefined {
  const found = alternatives(root, flatten(root, schema)).flatMap((one): readonly JsonValue[] => {
    const properties = isJsonObject(one['properties']) ? one['properties'] : {};
    if (Object.hasOwn(properties, name)) return [properties[name] ?? true];
    return isJsonObject(one['additionalProperties']) ? [one['additionalProperties']] : [];
  });
  return found.length <= 1 ? found[0] : { anyOf: found };
}

/** The schema of a list's items. */
export function itemSchema(root: JsonObject, schema: JsonValue): JsonValue {
  const found = alternatives(root, flatten(root, schema)).flatMap((one) => one['items'] ?? []);
  return found.length === 1 ? (found[0] ?? true) : found.length === 0 ? true : { anyOf: found };
}

/** The names that an object's alternatives list. */
export function fieldNames(root: JsonObject, schema: JsonValue): readonly string[] {
  const names = alternatives(root, flatten(root, schema)).flatMap((one) =>
    isJsonObject(one['properties']) ? Object.keys(one['properties']) : [],
  );
  return [...new Set(names)];
}

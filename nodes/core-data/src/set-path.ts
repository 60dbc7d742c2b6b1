import type { JsonObject, JsonValue } from '@millwright/node-sdk';

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A copy of an object with one field set. Dots go deeper; what is in the way and no object is replaced.
 * Computed keys only ever make own properties, so `__proto__` is a field like any other.
 * @param path field names, outermost first, at least one
 */
export function setPath(target: JsonObject, path: readonly string[], value: JsonValue): JsonObject {
  const [name = '', ...rest] = path;
  if (rest.length === 0) return { ...target, [name]: value };
  const inner = Object.hasOwn(target, name) ? target[name] : undefined;
  return { ...target, [name]: setPath(isObject(inner) ? inner : {}, rest, value) };
}

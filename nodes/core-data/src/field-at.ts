import { UserError, type Item, type JsonObject, type JsonValue } from '@millwright/node-sdk';

/** Whether a value is an object with fields. */
export function isFields(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field by its name, or by names with dots between them; undefined where there is none. */
export function fieldAt(json: JsonValue, path: string): JsonValue | undefined {
  if (isFields(json) && Object.hasOwn(json, path)) return json[path];
  let value: JsonValue | undefined = json;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as JsonObject)[name];
  }
  return value;
}

/** The last name of a path. */
export function lastName(path: string): string {
  return path.split('.').at(-1) ?? path;
}

/**
 * Refuses a field that no item has: nearly always a name that is written differently.
 * @param parameter path of the parameter that names it
 * @throws UserError `field_missing` with the fields that there are
 */
export function requireField(items: readonly Item[], path: string, parameter: string): void {
  if (items.some((item) => fieldAt(item.json, path) !== undefined)) return;
  const known = [...new Set(items.slice(0, 100).flatMap(({ json }) => (isFields(json) ? Object.keys(json) : [])))].slice(0, 10);
  throw new UserError('invalid', {
    code: 'field_missing',
    message: `no item has a field "${path}"`,
    hint: known.length === 0 ? 'The items have no fields.' : `The items have: ${known.join(', ')}.`,
    details: { field: parameter },
  });
}

/** Sorts keys, so that equal values give equal text. */
export function textOf(value: JsonValue | undefined): string {
  return value === undefined
    ? ''
    : JSON.stringify(value, (_key, inner: unknown) =>
        isFields(inner as JsonValue)
          ? Object.fromEntries(Object.entries(inner as JsonObject).toSorted(([a], [b]) => (a < b ? -1 : 1)))
          : inner,
      );
}

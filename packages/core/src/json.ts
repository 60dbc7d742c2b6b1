/** What JSON can say. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };
/** A JSON object. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** Whether a value is a plain JSON object (not null, not a list). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON with sorted keys and without `undefined`: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** The value with the fields of every object in order; itself where they are. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list = value.map(sorted);
    return list.every((one, index) => one === value[index]) ? value : list;
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') return sorted(value.toJSON());
  const fields = value as Record<string, unknown>;
  const keys = Object.keys(value);
  const isInOrder = keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key);
  const after = (isInOrder ? keys : keys.toSorted()).map((key) => [key, sorted(fields[key])] as const);
  return isInOrder && after.every(([key, inner]) => inner === fields[key]) ? value : Object.fromEntries(after);
}

/**
 * Makes a text storable in Postgres: NUL is dropped and lone surrogates become U+FFFD.
 * @param text any JavaScript string
 */
export function cleanText(text: string): string {
  return (text.includes('\u0000') ? text.replaceAll('\u0000', '') : text).toWellFormed();
}

/**
 * Makes every text in a JSON value storable, field names included; see `cleanText`.
 * @param value any JSON value, nested at most a few hundred levels
 * @returns the value itself where nothing had to change
 */
export function cleanJson<T extends JsonValue>(value: T): T {
  return cleaned(value) as T;
}

function cleaned(value: JsonValue): JsonValue {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list: readonly JsonValue[] = value;
    const after = list.map(cleaned);
    return after.every((one, index) => one === list[index]) ? value : after;
  }
  const before = Object.entries(value);
  const after = before.map(([key, inner]): readonly [string, JsonValue] => [cleanText(key), cleaned(inner)]);
  return after.every(([key, inner], index) => key === before[index]?.[0] && inner === before[index]?.[1])
    ? value
    : Object.fromEntries(after);
}

/**
 * Whether a value is nested deeper than so many levels; does not recurse. What is thousands deep can be parsed, but not written out.
 * @param levels 0: a value without anything inside
 */
export function isDeeperThan(value: unknown, levels: number): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((inner) => (typeof inner === 'object' && inner !== null ? Object.values(inner) : []));
  }
  return false;
}

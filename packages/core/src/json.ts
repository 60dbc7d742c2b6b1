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
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (!isJsonObject(inner)) return inner;
    const sorted: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>;
    for (const key of Object.keys(inner).toSorted()) {
      const field = inner[key];
      if (field !== undefined) sorted[key] = field;
    }
    return sorted;
  });
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

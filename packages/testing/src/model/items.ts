import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';

/** An item as the model has it. */
export interface ModelItem {
  readonly json: JsonValue;
  /** Positions of the trigger's items that it comes from; null where a node reshaped its list and did not say. */
  readonly origins: readonly number[] | null;
}

/** What came of all these together. */
export function originsOf(items: readonly ModelItem[]): readonly number[] | null {
  const all = new Set<number>();
  for (const { origins } of items) {
    if (origins === null) return null;
    for (const one of origins) all.add(one);
  }
  return [...all].toSorted((a, b) => a - b);
}

/** The item that stands for a failure. */
export function errorItem(code: string, of: readonly ModelItem[]): ModelItem {
  return { json: { error: { code } }, origins: originsOf(of) };
}

/** The same item, saying what went wrong with it. */
export function withError({ json, origins }: ModelItem, code: string): ModelItem {
  return { json: { ...objectOf(json), error: { code } }, origins };
}

/** The fields of an item. */
export function objectOf(json: JsonValue): JsonObject {
  return isJsonObject(json) ? json : {};
}

import type { JsonObject, JsonValue } from '@millwright/core';
import { isJsonObject } from '@millwright/core';

/** JSON that a person typed, nothing for an empty text; null where the text is no JSON. */
export function readJson(text: string): { readonly value: JsonValue | undefined } | null {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) as JsonValue };
  } catch {
    return null;
  }
}

/** The input of a new run as typed: `undefined` for none of its own; null where the text is no JSON object. */
export function readInput(text: string | null): { readonly input: JsonObject | undefined } | null {
  if (text === null) return { input: undefined };
  const read = readJson(text);
  return read !== null && isJsonObject(read.value) ? { input: read.value } : null;
}

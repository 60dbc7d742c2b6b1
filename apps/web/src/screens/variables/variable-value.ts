import type { JsonValue } from '@millwright/core';

/** How a value is written in the form. */
export type ValueKind = 'text' | 'json';

/** Text as it is, everything else as JSON. */
export function kindOf(value: JsonValue): ValueKind {
  return typeof value === 'string' ? 'text' : 'json';
}

/** What the form shows for a value. */
export function writtenOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** The value of what was written; undefined where it is no JSON. */
export function readValue(written: string, kind: ValueKind): JsonValue | undefined {
  if (kind === 'text') return written;
  try {
    return JSON.parse(written) as JsonValue;
  } catch {
    return undefined;
  }
}

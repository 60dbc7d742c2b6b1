import type { JsonValue } from '@millwright/core';

/** One field of a sample, as a row of the data panel. */
export interface DataField {
  /** Below `json`: `body`, `body.email`, `tags[0]`. */
  readonly path: string;
  readonly label: string;
  readonly depth: number;
  readonly value: JsonValue;
  /** From the item's data downwards. */
  readonly keys: readonly string[];
}

const DEPTH = 5;
const MOST_FIELDS = 200;
/** Entries of a list that are shown. */
const LIST_LENGTH = 3;
const NAME = /^[A-Za-z_$][\w$]*$/;

function accessOf(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`;
  return NAME.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function entriesOf(value: JsonValue): readonly (readonly [string | number, JsonValue])[] {
  if (Array.isArray(value))
    return value.slice(0, LIST_LENGTH).map((entry: JsonValue, index): readonly [number, JsonValue] => [index, entry]);
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** The fields of a value in reading order, nested ones below their parent; capped in depth and number. */
export function dataFields(value: JsonValue): readonly DataField[] {
  const fields: DataField[] = [];
  const walk = (owner: JsonValue, access: string, above: readonly string[]): void => {
    const depth = above.length;
    if (depth >= DEPTH) return;
    for (const [key, inner] of entriesOf(owner)) {
      if (fields.length >= MOST_FIELDS) return;
      const innerAccess = access + accessOf(key);
      const keys = [...above, String(key)];
      fields.push({ path: innerAccess.replace(/^\./, ''), label: String(key), depth, value: inner, keys });
      walk(inner, innerAccess, keys);
    }
  };
  walk(value, '', []);
  return fields;
}

/** Longest preview of a value, characters. */
const SHOWN_LENGTH = 80;

/** A value in a few characters. */
export function shortValue(value: JsonValue): string {
  if (typeof value === 'string') return value.length > SHOWN_LENGTH ? `${value.slice(0, SHOWN_LENGTH)}…` : value;
  const text = JSON.stringify(value);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}

import type { JsonValue } from '@millwright/core';

/** One field of a sample, as a row of the data panel. */
export interface DataField {
  /** Below `json`: `body`, `body.email`, `tags[0]`. */
  readonly path: string;
  readonly label: string;
  readonly depth: number;
  readonly value: JsonValue;
  /** How it is written after `.json`: `.body["first name"]`. */
  readonly access: string;
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
  const walk = (owner: JsonValue, access: string, depth: number): void => {
    if (depth >= DEPTH) return;
    for (const [key, inner] of entriesOf(owner)) {
      if (fields.length >= MOST_FIELDS) return;
      const innerAccess = access + accessOf(key);
      fields.push({ path: innerAccess.replace(/^\./, ''), label: String(key), depth, value: inner, access: innerAccess });
      walk(inner, innerAccess, depth + 1);
    }
  };
  walk(value, '', 0);
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

/** The expression for a field: of the current item, or of a step further up. */
export function expressionFor(access: string, nodeId: string | null): string {
  return nodeId === null ? `{{ $json${access} }}` : `{{ $('${nodeId}').item.json${access} }}`;
}

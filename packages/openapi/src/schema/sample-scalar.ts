import type { JsonObject } from '@millwright/core';
import { FORMAT_SAMPLES } from './formats.ts';
import { textForPattern } from './pattern-text.ts';

/** Texts for fields whose name says what they hold. */
const BY_NAME: readonly (readonly [name: RegExp, text: string])[] = [
  [/e-?mail/i, 'jane@example.com'],
  [/(^|_)(url|uri|href)$|Url$|Uri$/, 'https://example.com/path'],
  [/currency/i, 'EUR'],
  [/country/i, 'DE'],
  [/phone|mobile/i, '+4915112345678'],
  [/^(first_?name|given_?name)$/i, 'Jane'],
  [/^(last_?name|family_?name)$/i, 'Doe'],
];
const MAX_LENGTH = 100_000;

function numberField(schema: JsonObject, name: string): number | undefined {
  const value = schema[name];
  return typeof value === 'number' ? value : undefined;
}

function ofLength(text: string, least: number, most: number): string {
  const long = text.length >= least ? text : text.padEnd(Math.min(least, MAX_LENGTH), text === '' ? 'text' : text);
  return long.slice(0, most);
}

/** A text within a schema's bounds: of its format or pattern, or what the field's name suggests. */
export function sampleText(schema: JsonObject, name: string): string {
  const least = numberField(schema, 'minLength') ?? 0;
  const most = numberField(schema, 'maxLength') ?? Infinity;
  const { pattern, format } = schema;
  const formatted = typeof format === 'string' ? FORMAT_SAMPLES[format] : undefined;
  if (typeof pattern === 'string') {
    const text = textForPattern(pattern, least, most);
    if (text !== null) return text;
  }
  if (formatted !== undefined) return formatted;
  const named = BY_NAME.find(([known]) => known.test(name))?.[1] ?? 'text';
  return ofLength(named.length > most ? 'text' : named, least, most);
}

/** A number within a schema's bounds, 1 where there are none. */
export function sampleNumber(schema: JsonObject, isWhole: boolean): number {
  const multiple = numberField(schema, 'multipleOf');
  const gap = multiple ?? (isWhole ? 1 : 0.5);
  const least = numberField(schema, 'minimum') ?? addTo(numberField(schema, 'exclusiveMinimum'), gap);
  const most = numberField(schema, 'maximum') ?? addTo(numberField(schema, 'exclusiveMaximum'), -gap);
  const wanted = Math.min(Math.max(1, least ?? 1), most ?? Infinity);
  if (multiple !== undefined) {
    const up = Math.ceil(wanted / multiple) * multiple;
    return most !== undefined && up > most ? Math.floor(wanted / multiple) * multiple : up;
  }
  if (!isWhole) return wanted;
  return least === undefined ? Math.floor(wanted) : Math.ceil(wanted);
}

function addTo(value: number | undefined, added: number): number | undefined {
  return value === undefined ? undefined : value + added;
}

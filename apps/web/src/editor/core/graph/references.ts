import type { JsonValue } from '@millwright/core';

/** `$('id')` with any of the three quotes; group 2 is the id. Only looked for inside `{{ }}`. */
const REFERENCE = /\$\(\s*(['"`])([^'"`\\]+)\1\s*\)/g;
const TEMPLATE = /\{\{[\s\S]*?\}\}/g;

function mapTexts(value: JsonValue, map: (text: string) => string): JsonValue {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((entry: JsonValue) => mapTexts(entry, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mapTexts(entry, map)]));
}

/**
 * Points `$('old')` at new ids, as a paste needs it. References to other nodes stay as they are.
 * @param renamed old id → new id
 */
export function repointReferences(value: JsonValue, renamed: ReadonlyMap<string, string>): JsonValue {
  return mapTexts(value, (text) =>
    text.replaceAll(TEMPLATE, (template) =>
      template.replaceAll(REFERENCE, (whole, quote: string, id: string) => {
        const next = renamed.get(id);
        return next === undefined ? whole : `$(${quote}${next}${quote})`;
      }),
    ),
  );
}

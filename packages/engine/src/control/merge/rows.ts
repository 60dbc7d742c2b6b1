import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import type { Item } from '@millwright/workflow';
import type { Given } from '../lists.ts';

/** One wired input: its number, its port and what arrived. */
export interface Input {
  /** From 1, as people count them. */
  readonly number: number;
  readonly port: string;
  readonly items: readonly Item[];
}

/** Which item of each input goes into one item of the result; undefined: none of that input. */
export type Row = readonly (number | undefined)[];

/** What happens to fields of the same name. */
export type Clash = 'last' | 'first' | 'suffix';

/** The item that a row makes. */
export function givenBy(inputs: readonly Input[], row: Row, clash: Clash): Given {
  const parts = inputs.flatMap((input, index) => {
    const position = row[index];
    const item = position === undefined ? undefined : input.items[position];
    return item === undefined || position === undefined ? [] : [{ input, position, item }];
  });
  const files = joined(
    parts.map(({ input, item }) => ({ number: input.number, fields: item.files ?? {} })),
    clash,
  );
  const json = joined(
    parts.map(({ input, item }) => ({ number: input.number, fields: fieldsOf(item.json) })),
    clash,
  );
  return {
    port: 'main',
    item: { json, ...(Object.keys(files).length === 0 ? {} : { files }) },
    from: Object.fromEntries(parts.map(({ input, position }) => [input.port, [position]])),
  };
}

/** Data that is no object becomes the field `value`, so that nothing is lost. */
function fieldsOf(json: JsonValue): JsonObject {
  return isJsonObject(json) ? json : { value: json };
}

interface Fields<T> {
  readonly number: number;
  readonly fields: Readonly<Record<string, T>>;
}

function joined<T>(parts: readonly Fields<T>[], clash: Clash): Readonly<Record<string, T>> {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only.fields;
  const counts = new Map<string, number>();
  if (clash === 'suffix')
    for (const { fields } of parts) for (const name of Object.keys(fields)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const found = new Map<string, T>();
  for (const { number, fields } of parts) {
    for (const [name, value] of Object.entries(fields)) {
      const own = (counts.get(name) ?? 1) > 1 ? `${name}_${number}` : name;
      if (clash !== 'first' || !found.has(own)) found.set(own, value);
    }
  }
  return Object.fromEntries(found);
}

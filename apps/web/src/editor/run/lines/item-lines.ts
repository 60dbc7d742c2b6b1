import type { JsonValue } from '@millwright/core';
import type { Item } from '@millwright/workflow';
import { shortValue } from '../../inspector/data-paths.ts';

/** Fields of an item that are shown. */
const MOST_FIELDS = 8;

/** An item in a few lines. */
export interface ItemLines {
  /** Fields in their order; one without a name where the item is no structure. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** How many fields are left out. */
  readonly more: number;
  /** Names of its files. */
  readonly files: readonly string[];
}

function fieldsOf(json: JsonValue): readonly (readonly [string, JsonValue])[] {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.entries(json) : [['', json]];
}

/** What an item says, bounded: the first fields, each value cut. */
export function itemLines({ json, files = {} }: Item): ItemLines {
  const fields = fieldsOf(json);
  return {
    fields: fields.slice(0, MOST_FIELDS).map(([name, value]) => ({ name, value: shortValue(value) })),
    more: Math.max(0, fields.length - MOST_FIELDS),
    files: Object.keys(files).slice(0, MOST_FIELDS),
  };
}

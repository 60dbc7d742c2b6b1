import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { fits } from './fits.ts';
import { alternatives, flatten } from './flatten.ts';
import { sampleNumber, sampleText } from './sample-scalar.ts';

/** How a sample is made. */
export interface SampleOptions {
  /** `required`: as little as is allowed. `all`: what is optional too, three levels deep. Default `required`. */
  readonly fields?: 'required' | 'all';
}

interface Making {
  readonly root: JsonObject;
  readonly fields: 'required' | 'all';
  readonly depth: number;
  /** The name of the field that is filled. */
  readonly name: string;
  /** Values tried so far: against alternatives of alternatives. */
  readonly budget: { left: number };
}

const MAX_DEPTH = 16;
const ALL_DEPTH = 3;
const BUDGET = 20_000;

function judgeable(making: Making, schema: JsonObject): JsonObject {
  return { ...schema, $defs: making.root['$defs'] ?? {} };
}

function typeOf(schema: JsonObject): string | null {
  const { type } = schema;
  if (typeof type === 'string') return type;
  if (Array.isArray(type)) return (type as readonly JsonValue[]).map(String).find((one) => one !== 'null') ?? 'null';
  if (isJsonObject(schema['properties']) || Array.isArray(schema['required']) || isJsonObject(schema['additionalProperties']))
    return 'object';
  if (schema['items'] !== undefined || schema['prefixItems'] !== undefined) return 'array';
  if (schema['pattern'] !== undefined || schema['minLength'] !== undefined || schema['format'] !== undefined) return 'string';
  return schema['minimum'] !== undefined || schema['maximum'] !== undefined ? 'number' : null;
}

function sampleList(making: Making, schema: JsonObject): JsonValue {
  const least = typeof schema['minItems'] === 'number' ? schema['minItems'] : 0;
  const tuple: readonly JsonValue[] = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : [];
  const wanted = Math.max(least, making.depth > MAX_DEPTH ? 0 : Math.max(tuple.length, 1));
  const most = typeof schema['maxItems'] === 'number' ? schema['maxItems'] : Infinity;
  const list: JsonValue[] = [];
  for (let index = 0; index < Math.min(wanted, most, 100); index++) {
    const item = make({ ...making, depth: making.depth + 1 }, tuple[index] ?? schema['items'] ?? { type: 'string' });
    const isDouble = schema['uniqueItems'] === true && list.some((other) => JSON.stringify(other) === JSON.stringify(item));
    list.push(isDouble ? different(making, schema['items'], { index, value: item }) : item);
  }
  return list;
}

/** Another value than the one made: the next of the enum, or a number or text counted on. */
function different(
  making: Making,
  schema: JsonValue | undefined,
  { index, value }: { readonly index: number; readonly value: JsonValue },
): JsonValue {
  const values = flatten(making.root, schema ?? {})['enum'];
  if (Array.isArray(values)) return (values as readonly JsonValue[])[index] ?? value;
  if (typeof value === 'number') return value + index;
  return typeof value === 'string' ? `${value}${index}` : value;
}

function wantedNames(making: Making, schema: JsonObject, properties: JsonObject): readonly string[] {
  const required = (Array.isArray(schema['required']) ? (schema['required'] as readonly JsonValue[]) : []).map(String);
  const least = typeof schema['minProperties'] === 'number' ? schema['minProperties'] : 0;
  const optional = Object.keys(properties).filter(
    (name) => !required.includes(name) && flatten(making.root, properties[name] ?? {})['readOnly'] !== true,
  );
  const isAll = making.fields === 'all' && making.depth < ALL_DEPTH;
  return [...new Set([...required, ...(isAll ? optional : optional.slice(0, Math.max(0, least - required.length)))])];
}

function sampleFields(making: Making, schema: JsonObject): JsonValue {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const inner = { ...making, depth: making.depth + 1 };
  const made = wantedNames(making, schema, properties).map((name): readonly [string, JsonValue] => [
    name,
    make({ ...inner, name }, (Object.hasOwn(properties, name) ? properties[name] : schema['additionalProperties']) ?? true),
  ]);
  const least = typeof schema['minProperties'] === 'number' ? schema['minProperties'] : 0;
  const extra = schema['additionalProperties'];
  const more = made.length < least ? Array.from({ length: Math.min(least - made.length, 20) }, (_one, index) => `field${index + 1}`) : [];
  return Object.fromEntries([...made, ...more.map((name) => [name, make({ ...inner, name }, extra ?? true)] as const)]);
}

function byType(making: Making, schema: JsonObject): JsonValue {
  switch (typeOf(schema)) {
    case 'object':
      return making.depth > MAX_DEPTH ? {} : sampleFields(making, schema);
    case 'array':
      return sampleList(making, schema);
    case 'string':
      return sampleText(schema, making.name);
    case 'integer':
      return sampleNumber(schema, true);
    case 'number':
      return sampleNumber(schema, false);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return making.depth === 0 ? {} : sampleText(schema, making.name);
  }
}

function* candidates(making: Making, schema: JsonObject): Generator<JsonValue> {
  if (schema['const'] !== undefined) yield schema['const'];
  const { examples, enum: values, default: preset } = schema;
  if (Array.isArray(examples)) yield* examples as readonly JsonValue[];
  if (Array.isArray(values)) yield* (values as readonly JsonValue[]).filter((value) => value !== null && value !== '');
  if (preset !== undefined && preset !== null && typeof preset !== 'object') yield preset;
  if (Array.isArray(values)) yield* values as readonly JsonValue[];
  for (const one of alternatives(making.root, schema)) {
    if (one === schema || (schema['anyOf'] === undefined && schema['oneOf'] === undefined)) yield byType(making, one);
    else if (one['type'] !== 'null') yield make(making, one);
  }
  const last = alternatives(making.root, schema).find((one) => one['type'] === 'null');
  if (last !== undefined) yield null;
}

/** A needed list of deep things is left empty, an object bare: what is too deep is judged by nobody. */
function make(making: Making, schema: JsonValue): JsonValue {
  if (schema === true || schema === false) return sampleText({}, making.name);
  const flat = flatten(making.root, schema);
  const judge = judgeable(making, isJsonObject(schema) ? schema : {});
  let first: JsonValue | undefined;
  let isFirst = true;
  for (const candidate of candidates(making, flat)) {
    if (isFirst || first === undefined) first = candidate;
    isFirst = false;
    if (making.budget.left-- <= 0 || fits(judge, candidate)) return candidate;
  }
  return first ?? null;
}

/**
 * A value that fits a schema: its example where that holds, else one that is made. The same schema gives the same value.
 * @param schema made by `toJsonSchema`
 * @returns a value that may not fit where the schema contradicts itself
 */
export function sampleOf(schema: JsonObject, options: SampleOptions = {}): JsonValue {
  const tries = options.fields === 'all' ? (['all', 'required'] as const) : (['required', 'all'] as const);
  let first: JsonValue | undefined;
  for (const fields of tries) {
    const made = make({ root: schema, fields, depth: 0, name: '', budget: { left: BUDGET } }, schema);
    if (fits(schema, made)) return made;
    first ??= made;
  }
  return first ?? null;
}

import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { definition } from './fits.ts';

/** Keywords of which the stricter of two counts. */
const GREATER = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties']);
const LESSER = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties']);
/** References followed one after the other, and schemas inside each other. */
const MAX_DEPTH = 40;

function mergeTypes(left: JsonValue, right: JsonValue): JsonValue {
  const lefts = new Set(Array.isArray(left) ? (left as readonly JsonValue[]) : [left]);
  const both = (Array.isArray(right) ? (right as readonly JsonValue[]) : [right]).filter(
    (type) => lefts.has(type) || (type === 'integer' && lefts.has('number')),
  );
  return both.length === 0 ? left : both.length === 1 ? (both[0] ?? left) : both;
}

function mergeProperties(left: JsonObject, right: JsonObject): JsonObject {
  const merged: Record<string, JsonValue> = { ...left };
  for (const [name, schema] of Object.entries(right)) {
    const own = Object.hasOwn(merged, name) ? merged[name] : undefined;
    merged[name] = isJsonObject(own) && isJsonObject(schema) ? { allOf: [own, schema] } : schema;
  }
  return merged;
}

function mergeKeyword(name: string, left: JsonValue, right: JsonValue): JsonValue {
  if (name === 'type') return mergeTypes(left, right);
  if (name === 'properties' && isJsonObject(left) && isJsonObject(right)) return mergeProperties(left, right);
  if (name === 'required' && Array.isArray(left) && Array.isArray(right)) return [...new Set([...left, ...right])] as readonly JsonValue[];
  if (name === 'enum' && Array.isArray(left) && Array.isArray(right)) {
    const both = (left as readonly JsonValue[]).filter((value) => (right as readonly JsonValue[]).includes(value));
    return both.length > 0 ? both : left;
  }
  if (GREATER.has(name)) return Math.max(Number(left), Number(right));
  if (LESSER.has(name)) return Math.min(Number(left), Number(right));
  if (name === 'anyOf' || name === 'oneOf') return left;
  return right;
}

/** Two schemas as one that is at most as wide as both, as far as that can be written in one. */
function mergeSchemas(left: JsonObject, right: JsonObject): JsonObject {
  const merged: Record<string, JsonValue> = { ...left };
  for (const [name, value] of Object.entries(right)) {
    const own = Object.hasOwn(merged, name) ? merged[name] : undefined;
    merged[name] = own === undefined ? value : mergeKeyword(name, own, value);
  }
  return merged;
}

/**
 * A schema with its reference and `allOf` merged into one object; `anyOf` and `oneOf` are left.
 * @param root the schema that stands alone, with `$defs`
 * @param schema one inside it
 */
export function flatten(root: JsonObject, schema: JsonValue, depth = 0): JsonObject {
  if (!isJsonObject(schema) || depth > MAX_DEPTH) return {};
  const { $ref, allOf, $defs: _defs, ...own } = schema;
  const parts = Array.isArray(allOf) ? (allOf as readonly JsonValue[]) : [];
  const referred = typeof $ref === 'string' ? [definition(root, $ref)] : [];
  const flat = [...referred, ...parts].map((part) => flatten(root, part, depth + 1));
  return flat.reduce<JsonObject>((merged, part) => mergeSchemas(parts.length > 0 ? withoutValues(part) : part, merged), own);
}

/** The example of a part is no example of the whole. */
function withoutValues(part: JsonObject): JsonObject {
  const { examples: _examples, default: _default, ...rest } = part;
  return rest;
}

/** Alternatives inside alternatives, and how many of them are told apart. */
const MAX_NESTED = 4;
const MAX_ALTERNATIVES = 200;

/** The alternatives of a flattened schema, nested ones too, each merged with what stands beside them; the schema itself where there are none. */
export function alternatives(root: JsonObject, flat: JsonObject, depth = 0): readonly JsonObject[] {
  const { anyOf, oneOf, ...rest } = flat;
  if (anyOf === undefined && oneOf === undefined) return [flat];
  let made: readonly JsonObject[] = [rest];
  for (const list of [anyOf, oneOf]) {
    if (!Array.isArray(list)) continue;
    const choices = (list as readonly JsonValue[]).map((choice) => flatten(root, choice));
    made = made.flatMap((one) => choices.map((choice) => mergeSchemas(one, choice))).slice(0, MAX_ALTERNATIVES);
  }
  return depth >= MAX_NESTED ? made : made.flatMap((one) => alternatives(root, one, depth + 1)).slice(0, MAX_ALTERNATIVES);
}

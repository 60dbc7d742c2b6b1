import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { fitsFormat } from './formats.ts';
import { matchesPattern } from './pattern.ts';

/** A schema that stands alone and how deep one is in it. */
interface Place {
  readonly root: JsonObject;
  readonly depth: number;
}

/** Recursion without end is refused, not followed. */
const MAX_DEPTH = 100;

function hasType(type: JsonValue, value: JsonValue): boolean {
  if (Array.isArray(type)) return (type as readonly JsonValue[]).some((one) => hasType(one, value));
  if (type === 'integer') return typeof value === 'number' && Number.isInteger(value);
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isJsonObject(value);
  return typeof value === type;
}

function isSame(left: JsonValue, right: JsonValue | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Whether a bound is absent or holds. */
function holds(bound: JsonValue | undefined, test: (limit: number) => boolean): boolean {
  return typeof bound !== 'number' || test(bound);
}

function fitsNumber(schema: JsonObject, value: number): boolean {
  return (
    holds(schema['minimum'], (limit) => value >= limit) &&
    holds(schema['maximum'], (limit) => value <= limit) &&
    holds(schema['exclusiveMinimum'], (limit) => value > limit) &&
    holds(schema['exclusiveMaximum'], (limit) => value < limit) &&
    holds(schema['multipleOf'], (limit) => Math.abs(value / limit - Math.round(value / limit)) < 1e-9)
  );
}

function fitsText(schema: JsonObject, value: string): boolean {
  const { pattern, format } = schema;
  // JSON Schema counts code points, not units.
  const length = Array.from(value).length;
  return (
    holds(schema['minLength'], (limit) => length >= limit) &&
    holds(schema['maxLength'], (limit) => length <= limit) &&
    (typeof pattern !== 'string' || matchesPattern(pattern, value) !== false) &&
    (typeof format !== 'string' || fitsFormat(format, value))
  );
}

function fitsList(place: Place, schema: JsonObject, value: readonly JsonValue[]): boolean {
  const { items, prefixItems, uniqueItems } = schema;
  const first: readonly JsonValue[] = Array.isArray(prefixItems) ? prefixItems : [];
  return (
    holds(schema['minItems'], (limit) => value.length >= limit) &&
    holds(schema['maxItems'], (limit) => value.length <= limit) &&
    (uniqueItems !== true || new Set(value.map((one) => JSON.stringify(one))).size === value.length) &&
    value.every((one, index) => judge(place, first[index] ?? items ?? true, one))
  );
}

function fitsFields(place: Place, schema: JsonObject, value: JsonObject): boolean {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const patterns = Object.entries(isJsonObject(schema['patternProperties']) ? schema['patternProperties'] : {});
  const required: readonly JsonValue[] = Array.isArray(schema['required']) ? schema['required'] : [];
  const names = Object.keys(value);
  return (
    holds(schema['minProperties'], (limit) => names.length >= limit) &&
    holds(schema['maxProperties'], (limit) => names.length <= limit) &&
    required.every((name) => typeof name === 'string' && Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, one]) => {
      const matching = patterns.filter(([pattern]) => matchesPattern(pattern, name) === true).map(([, inner]) => inner);
      const own = Object.hasOwn(properties, name) ? [properties[name] ?? true] : [];
      const judges = [...own, ...matching];
      return (judges.length > 0 ? judges : [schema['additionalProperties'] ?? true]).every((inner) => judge(place, inner, one));
    })
  );
}

function fitsChoices(place: Place, schema: JsonObject, value: JsonValue): boolean {
  const { allOf, anyOf, oneOf, not } = schema;
  const count = (list: JsonValue): number =>
    Array.isArray(list) ? (list as readonly JsonValue[]).filter((one) => judge(place, one, value)).length : 0;
  return (
    (!Array.isArray(allOf) || count(allOf) === allOf.length) &&
    (!Array.isArray(anyOf) || count(anyOf) > 0) &&
    (!Array.isArray(oneOf) || count(oneOf) === 1) &&
    (not === undefined || !judge(place, not, value))
  );
}

function fitsKind(place: Place, schema: JsonObject, value: JsonValue): boolean {
  if (typeof value === 'number') return fitsNumber(schema, value);
  if (typeof value === 'string') return fitsText(schema, value);
  if (Array.isArray(value)) return fitsList(place, schema, value as readonly JsonValue[]);
  return isJsonObject(value) ? fitsFields(place, schema, value) : true;
}

function judge({ root, depth }: Place, schema: JsonValue, value: JsonValue): boolean {
  if (typeof schema === 'boolean') return schema;
  if (!isJsonObject(schema)) return true;
  if (depth > MAX_DEPTH) return false;
  const place = { root, depth: depth + 1 };
  const { $ref, type, enum: values } = schema;
  return (
    (typeof $ref !== 'string' || judge(place, definition(root, $ref), value)) &&
    (type === undefined || hasType(type, value)) &&
    (!Array.isArray(values) || (values as readonly JsonValue[]).some((one) => isSame(one, value))) &&
    (!('const' in schema) || isSame(value, schema['const'])) &&
    fitsKind(place, schema, value) &&
    fitsChoices(place, schema, value)
  );
}

/** What a reference of a schema that stands alone points at. */
export function definition(root: JsonObject, reference: string): JsonValue {
  const defs = root['$defs'];
  const name = reference.slice('#/$defs/'.length);
  return (isJsonObject(defs) ? defs[name] : undefined) ?? true;
}

/**
 * Whether a value fits a schema made by `toJsonSchema`. Interpreted: nothing of the description becomes code.
 * Not judged: `unevaluatedProperties`, `if`, `dependentSchemas`, `contains`, and patterns that RE2 does not have.
 */
export function fits(schema: JsonObject, value: JsonValue): boolean {
  return judge({ root: schema, depth: 0 }, schema, value);
}

import { isJsonObject, UserError, type JsonObject, type JsonValue } from '@millwright/core';
import { asText, field, type Description } from '../description.ts';
import { follow, lookUp } from '../references.ts';
import { describesFields } from './describes-fields.ts';
import { LEFT_OUT, NUMBERS, ONE_SCHEMA, OWN_VALUE, SCHEMA_LIST, SCHEMA_MAP } from './keywords.ts';
import { repairPattern } from './pattern.ts';

/** What a schema is wanted for. */
export interface SchemaOptions {
  /** `request`: fields that are only read are not required; `answer`: those that are only written are not. */
  readonly purpose: 'request' | 'answer';
  /** Whether fields that are not described are refused where some are described. Default false. */
  readonly closed?: boolean;
  /** Named schemas that one may reach. Default 3,000. */
  readonly maxSchemas?: number;
}

const MAX_SCHEMAS = 3000;

interface Conversion {
  readonly description: Description;
  readonly options: SchemaOptions;
  /** Pointer → name below `$defs`. */
  readonly names: Map<string, string>;
  readonly waiting: string[];
}

function nameFor({ names, options, waiting }: Conversion, pointer: string): string {
  const known = names.get(pointer);
  if (known !== undefined) return known;
  const most = options.maxSchemas ?? MAX_SCHEMAS;
  if (names.size >= most)
    throw new UserError('tooLarge', {
      code: 'schema_too_large',
      message: `a schema reaches more than ${most} others`,
      hint: 'Cut the description to what the operation needs.',
    });
  const name = `${names.size}_${(pointer.split('/').at(-1) ?? '').replaceAll(/[^\w.-]/g, '_').slice(0, 80)}`;
  names.set(pointer, name);
  waiting.push(pointer);
  return name;
}

function isOtherWay(conversion: Conversion, property: JsonValue | undefined): boolean {
  if (property === undefined) return false;
  const { value } = follow(conversion.description, property);
  return field(value, conversion.options.purpose === 'request' ? 'readOnly' : 'writeOnly') === true;
}

function convertRequired(conversion: Conversion, schema: JsonObject): readonly string[] {
  const written = schema['required'];
  if (!Array.isArray(written)) return [];
  const names = [...new Set((written as readonly JsonValue[]).filter((name) => typeof name === 'string'))];
  return names.filter((name) => !isOtherWay(conversion, field(schema['properties'], name)));
}

function convertMap(conversion: Conversion, map: JsonValue, isOwn: boolean): JsonObject {
  if (!isJsonObject(map)) return {};
  return Object.fromEntries(Object.entries(map).map(([name, schema]) => [name, convert(conversion, schema, isOwn)]));
}

function convertList(conversion: Conversion, name: string, value: JsonValue): JsonValue | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const list = (value as readonly JsonValue[]).map((one) => convert(conversion, one, OWN_VALUE.has(name)));
  // The same alternative twice would mean that neither is the only one.
  return name === 'oneOf' ? [...new Map(list.map((one) => [JSON.stringify(one), one])).values()] : list;
}

function convertKeyword(conversion: Conversion, name: string, value: JsonValue): JsonValue | undefined {
  const isOwn = OWN_VALUE.has(name);
  if (LEFT_OUT.has(name) || name.startsWith('x-') || (value === null && name !== 'const' && name !== 'default')) return undefined;
  if (name === 'items' && Array.isArray(value)) return undefined;
  if (ONE_SCHEMA.has(name)) return convert(conversion, value, isOwn);
  if (SCHEMA_LIST.has(name)) return convertList(conversion, name, value);
  if (SCHEMA_MAP.has(name)) return convertMap(conversion, value, isOwn);
  if (NUMBERS.has(name)) return Number.isFinite(Number(value)) ? Number(value) : undefined;
  if (name === 'pattern') return repairPattern(asText(value));
  return value;
}

/** Version 3.0 and older: a bound is made exclusive by a switch beside it. */
function convertExclusive(out: Record<string, JsonValue>): void {
  for (const [switched, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof out[switched] !== 'boolean') continue;
    const limit = out[bound];
    if (out[switched] && typeof limit === 'number') {
      out[switched] = limit;
      delete out[bound];
    } else delete out[switched];
  }
}

function typeOf(value: JsonValue): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function convertEnum(out: Record<string, JsonValue>): void {
  const values = out['enum'];
  if (values === undefined) return;
  if (!Array.isArray(values) || values.length === 0) {
    delete out['enum'];
    return;
  }
  const unique = new Map((values as readonly JsonValue[]).map((value) => [JSON.stringify(value), value]));
  out['enum'] = [...unique.values()];
  const type = out['type'];
  const fits = (value: JsonValue): boolean => typeOf(value) === type || (type === 'integer' && typeof value === 'number');
  // A list of values none of which has the type: the values are what the vendor looked at.
  if (typeof type === 'string' && ![...unique.values()].some(fits)) delete out['type'];
}

function convertType(out: Record<string, JsonValue>): void {
  if (out['type'] === 'file') Object.assign(out, { type: 'string', format: 'binary' });
  if (out['type'] === 'any') delete out['type'];
  if (Array.isArray(out['type']) && out['type'].length === 0) delete out['type'];
}

/** `nullable` as a second alternative, wherever the type stands. */
function withNull(out: Record<string, JsonValue>): JsonObject {
  const { type, enum: values } = out;
  if (typeof type === 'string' && values === undefined) return { ...out, type: [type, 'null'] };
  if (typeof type === 'string' && Array.isArray(values)) return { ...out, type: [type, 'null'], enum: [...new Set([...values, null])] };
  return { anyOf: [out, { type: 'null' }] };
}

function closing(conversion: Conversion, schema: JsonObject, isOwn: boolean): JsonObject {
  const isClosed = isOwn && conversion.options.closed === true && schema['additionalProperties'] === undefined;
  return isClosed && describesFields(conversion.description, schema) === 'fields' ? { unevaluatedProperties: false } : {};
}

/**
 * Parts of one object each of which allows no other fields contradict each other, and no value fits. What is meant: no fields beyond those
 * of all parts together. JSON Schema says that with `unevaluatedProperties` on the whole.
 */
function withoutWalls(description: Description, schema: JsonObject): JsonObject {
  const parts: readonly JsonValue[] = Array.isArray(schema['allOf']) ? schema['allOf'] : [];
  if (parts.length === 0 || (parts.length === 1 && schema['properties'] === undefined)) return schema;
  let hasWalls = false;
  const opened = parts.map((part) => {
    const { value } = follow(description, part);
    if (!isJsonObject(value) || value['additionalProperties'] !== false) return part;
    hasWalls = true;
    const { additionalProperties: _wall, ...rest } = value;
    return rest;
  });
  return hasWalls ? { ...schema, allOf: opened, unevaluatedProperties: false } : schema;
}

function convertBody(conversion: Conversion, schema: JsonObject): Record<string, JsonValue> {
  const out: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(schema)) {
    const converted = name === '$ref' || name === 'required' ? undefined : convertKeyword(conversion, name, value);
    if (converted !== undefined) out[name] = converted;
  }
  const required = convertRequired(conversion, schema);
  if (required.length > 0) out['required'] = required;
  if (Array.isArray(schema['items']) && out['prefixItems'] === undefined)
    out['prefixItems'] = (schema['items'] as readonly JsonValue[]).map((item) => convert(conversion, item, true));
  if (schema['example'] !== undefined) out['examples'] = [schema['example']];
  else if (!Array.isArray(out['examples'])) delete out['examples'];
  convertType(out);
  convertExclusive(out);
  convertEnum(out);
  return out;
}

function convert(conversion: Conversion, written: JsonValue, isOwn: boolean): JsonValue {
  if (typeof written === 'boolean') return written;
  if (!isJsonObject(written)) return {};
  const value = withoutWalls(conversion.description, written);
  const reference = value['$ref'];
  const keepsSiblings = conversion.description.version === '3.1' || typeof reference !== 'string';
  const out = keepsSiblings ? convertBody(conversion, value) : {};
  if (typeof reference === 'string') {
    // A chain of references that comes back to itself describes nothing.
    follow(conversion.description, value);
    out['$ref'] = `#/$defs/${nameFor(conversion, reference)}`;
  }
  const isNullable = value['nullable'] === true || value['x-nullable'] === true;
  const closed = closing(conversion, value, isOwn);
  return isNullable ? withNull({ ...out, ...closed }) : { ...out, ...closed };
}

/**
 * A schema of a description as JSON Schema 2020-12 that stands alone: what it refers to is below `$defs`.
 * @param schema as written; null where nothing is said
 * @throws UserError `description_reference`, `schema_too_large`
 */
export function toJsonSchema(description: Description, schema: JsonValue | null, options: SchemaOptions): JsonObject {
  const conversion: Conversion = { description, options, names: new Map(), waiting: [] };
  const root = convert(conversion, schema ?? {}, true);
  const defs: Record<string, JsonValue> = {};
  for (let pointer = conversion.waiting.shift(); pointer !== undefined; pointer = conversion.waiting.shift())
    defs[nameFor(conversion, pointer)] = convert(conversion, lookUp(description, pointer), false);
  const body: JsonObject = root === false ? { not: {} } : isJsonObject(root) ? root : {};
  return conversion.names.size === 0 ? body : { ...body, $defs: defs };
}

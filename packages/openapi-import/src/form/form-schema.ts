import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { alternatives, asText, flatten } from '@millwright/openapi';

/**
 * A schema in the few words that forms, zod and the printer know: `type` (one, or with `null`), `enum`, bounds, `items`, `properties`,
 * `required`, `additionalProperties`, and `anyOf` of plain values. `{}` is anything.
 */
export type FormSchema = JsonObject;

const MAX_DEPTH = 2;
const MAX_FIELDS = 60;
const TEXT_BOUNDS = ['minLength', 'maxLength'] as const;
const NUMBER_BOUNDS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;
const LIST_BOUNDS = ['minItems', 'maxItems'] as const;

function bounds(schema: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.flatMap((name) => (typeof schema[name] === 'number' ? [[name, schema[name]]] : [])));
}

function isPlain(value: JsonValue): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function typesOf(schema: JsonObject): readonly string[] {
  const { type } = schema;
  if (Array.isArray(type)) return (type as readonly JsonValue[]).map(String);
  if (typeof type === 'string') return [type];
  if (isJsonObject(schema['properties'])) return ['object'];
  return schema['items'] === undefined ? [] : ['array'];
}

function ofObject(root: JsonObject, schema: JsonObject, depth: number): FormSchema {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const { additionalProperties } = schema;
  const names = Object.keys(properties);
  if (names.length === 0 && isJsonObject(additionalProperties))
    return { type: 'object', additionalProperties: toFormSchema(root, additionalProperties, depth + 1) };
  if (names.length === 0 || names.length > MAX_FIELDS || depth >= MAX_DEPTH) return { type: 'object', additionalProperties: {} };
  const required = (Array.isArray(schema['required']) ? (schema['required'] as readonly JsonValue[]) : [])
    .map(String)
    .filter((name) => names.includes(name));
  const fields = Object.entries(properties).map(([name, inner]) => [name, toFormSchema(root, inner, depth + 1)] as const);
  // What the vendor does not forbid may be written too: descriptions lag behind services.
  const more = additionalProperties === false || schema['unevaluatedProperties'] === false ? {} : { additionalProperties: {} };
  return { type: 'object', properties: Object.fromEntries(fields), ...(required.length > 0 ? { required } : {}), ...more };
}

function ofType(root: JsonObject, { schema, type }: { readonly schema: JsonObject; readonly type: string }, depth: number): FormSchema {
  switch (type) {
    case 'string':
      return { type, ...bounds(schema, TEXT_BOUNDS), ...(typeof schema['format'] === 'string' ? { format: schema['format'] } : {}) };
    case 'integer':
    case 'number':
      return { type, ...bounds(schema, NUMBER_BOUNDS) };
    case 'boolean':
      return { type };
    case 'array':
      return { type, items: toFormSchema(root, schema['items'] ?? {}, depth + 1), ...bounds(schema, LIST_BOUNDS) };
    case 'object':
      return ofObject(root, schema, depth);
    default:
      return {};
  }
}

function ofOne(root: JsonObject, schema: JsonObject, depth: number): FormSchema {
  const values = schema['const'] === undefined ? schema['enum'] : [schema['const']];
  const types = typesOf(schema);
  const isNullable = types.includes('null') || (Array.isArray(values) && (values as readonly JsonValue[]).includes(null));
  if (Array.isArray(values)) {
    const plain = (values as readonly JsonValue[]).filter(isPlain);
    return plain.length === 0 ? {} : { enum: isNullable ? [...plain, null] : plain };
  }
  const others = types.filter((type) => type !== 'null');
  const [type] = others;
  if (type === undefined || others.length !== 1) return {};
  const made = ofType(root, { schema, type }, depth);
  return isNullable && made['type'] !== undefined ? { ...made, type: [type, 'null'] } : made;
}

/** Plain values of several kinds side by side; anything where objects and lists are among them. */
function ofSeveral(forms: readonly FormSchema[]): FormSchema {
  const unique = [...new Map(forms.map((form) => [JSON.stringify(form), form])).values()];
  if (unique.length === 1) return unique[0] ?? {};
  const isNull = (form: FormSchema): boolean => form['type'] === 'null';
  const isSimple = unique.every(
    (form) => form['enum'] !== undefined || ['string', 'integer', 'number', 'boolean', 'null'].includes(asText(form['type'])),
  );
  if (!isSimple) return {};
  const rest = unique.filter((form) => !isNull(form));
  const [only] = rest;
  if (rest.length === 1 && only !== undefined && typeof only['type'] === 'string') return { ...only, type: [only['type'], 'null'] };
  return { anyOf: rest.length === unique.length ? rest : [...rest, { type: 'null' }] };
}

/**
 * A schema in the words of forms. Never narrower than the vendor's: what these words cannot say is left open.
 * @param root the schema that stands alone, with `$defs`
 * @param depth how many objects and lists are around it
 */
export function toFormSchema(root: JsonObject, schema: JsonValue, depth = 0): FormSchema {
  const flat = flatten(root, schema);
  const all = alternatives(root, flat);
  if (all.length <= 1) return ofOne(root, all[0] ?? flat, depth);
  if (all.length > 20) return {};
  return ofSeveral(all.map((one) => (one['type'] === 'null' ? { type: 'null' } : ofOne(root, one, depth))));
}

import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { isTemplate } from './catalog-fields.ts';

/** One value that does not fit its schema. */
export interface SchemaFault {
  readonly kind: 'required' | 'type' | 'value' | 'unknown' | 'expression';
  /** Path below the checked value: `conditions[0].left`. */
  readonly path: string;
  /** English, without the path. */
  readonly text: string;
}

type Check = (schema: JsonObject, value: JsonValue, path: string) => SchemaFault[];

/**
 * Checks a value against the part of JSON Schema 2020-12 that zod writes. A text with `{{` fits
 * everywhere, unless the field says `expression: false`: its value is known only at run time.
 * @param root the whole schema; `$ref` points into its `$defs`
 */
export function checkSchema(root: JsonObject, value: JsonValue): SchemaFault[] {
  const check: Check = (schema, inner, path) => {
    const target = resolve(root, schema);
    if (isTemplate(inner) && !isProgram(target))
      return isJsonObject(target['field']) && target['field']['expression'] === false
        ? [{ kind: 'expression', path, text: 'takes a fixed value, no expression' }]
        : [];
    return [...checkType(target, inner, path), ...checkChoice(check, target, { value: inner, path })];
  };
  return check(root, value, '');
}

/** The text of a program is never evaluated, whatever braces are in it. */
function isProgram(schema: JsonObject): boolean {
  return isJsonObject(schema['field']) && schema['field']['control'] === 'code';
}

function resolve(root: JsonObject, schema: JsonObject): JsonObject {
  let target = schema;
  for (let hops = 0; hops < 20; hops++) {
    const ref = target['$ref'];
    if (typeof ref !== 'string') return target;
    const defs = root['$defs'];
    const next = ref === '#' ? root : isJsonObject(defs) ? defs[ref.replace('#/$defs/', '')] : undefined;
    if (!isJsonObject(next)) return {};
    target = next;
  }
  return {};
}

interface Place {
  readonly value: JsonValue;
  readonly path: string;
}

function checkChoice(check: Check, schema: JsonObject, { value, path }: Place): SchemaFault[] {
  const faults: SchemaFault[] = [];
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    const choices = schemasOf(schema[keyword]);
    if (choices.length === 0) continue;
    const tried = choices.map((choice) => check(choice, value, path));
    if (!tried.some((one) => one.length === 0)) faults.push(...nearest(tried, path));
  }
  for (const part of schemasOf(schema['allOf'])) faults.push(...check(part, value, path));
  if (faults.length > 0) return faults;
  if (Array.isArray(value)) return checkList(check, schema, { value, path });
  return isJsonObject(value) ? checkObject(check, schema, { value, path }) : [];
}

/** The faults of the choice that came furthest: deepest path first, else one general fault. */
function nearest(tried: readonly SchemaFault[][], path: string): SchemaFault[] {
  const deep = tried.filter((faults) => faults.every((fault) => fault.path !== path));
  return (
    deep.toSorted((a, b) => a.length - b.length)[0] ??
    tried.find((faults) => faults.every((fault) => fault.kind === 'value')) ?? [
      { kind: 'type', path, text: 'fits none of the allowed forms' },
    ]
  );
}

function checkList(check: Check, schema: JsonObject, { value, path }: { value: readonly JsonValue[]; path: string }): SchemaFault[] {
  const prefix = schemasOf(schema['prefixItems']);
  const rest = schema['items'];
  return value.flatMap((item, index) => {
    const itemSchema = prefix[index] ?? rest;
    return isJsonObject(itemSchema) ? check(itemSchema, item, `${path}[${index}]`) : [];
  });
}

function checkObject(check: Check, schema: JsonObject, { value, path }: { value: JsonObject; path: string }): SchemaFault[] {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const faults: SchemaFault[] = [];
  for (const name of new Set([...Object.keys(properties), ...Object.keys(value), ...required.filter((one) => typeof one === 'string')])) {
    const field = path === '' ? name : `${path}.${name}`;
    const property = properties[name] ?? schema['additionalProperties'];
    const inner = value[name];
    if (isJsonObject(property) && isHidden(property, properties, value)) continue;
    if (inner === undefined) {
      if (required.includes(name)) faults.push({ kind: 'required', path: field, text: 'is required' });
    } else if (property === false) faults.push({ kind: 'unknown', path: field, text: 'is not a parameter of this step' });
    else if (isJsonObject(property)) faults.push(...check(property, inner, field));
  }
  return faults;
}

/** Fields that the form does not show now are not checked. */
function isHidden(property: JsonObject, properties: JsonObject, siblings: JsonObject): boolean {
  const showIf = isJsonObject(property['field']) ? property['field']['showIf'] : undefined;
  if (!isJsonObject(showIf) || typeof showIf['parameter'] !== 'string' || !Array.isArray(showIf['in'])) return false;
  const other = properties[showIf['parameter']];
  const shown = siblings[showIf['parameter']] ?? (isJsonObject(other) ? other['default'] : undefined);
  return !isTemplate(shown) && !showIf['in'].some((one) => one === shown);
}

function schemasOf(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function checkType(schema: JsonObject, value: JsonValue, path: string): SchemaFault[] {
  const types = typeof schema['type'] === 'string' ? [schema['type']] : Array.isArray(schema['type']) ? schema['type'] : [];
  if (types.length > 0 && !types.some((type) => hasType(value, type))) {
    return [{ kind: 'type', path, text: `must be ${types.join(' or ')}, not ${typeName(value)}` }];
  }
  const choices = 'const' in schema ? [schema['const']] : Array.isArray(schema['enum']) ? schema['enum'] : undefined;
  if (choices !== undefined && !choices.some((one) => one === value))
    return [{ kind: 'value', path, text: `must be one of ${choices.map((one) => JSON.stringify(one)).join(', ')}` }];
  if (typeof value === 'string') return checkText(schema, value, path);
  if (typeof value === 'number') return checkNumber(schema, value, path);
  if (Array.isArray(value)) return outside(schema, { count: value.length, keywords: ['minItems', 'maxItems'], path, what: 'entries' });
  return [];
}

function hasType(value: JsonValue, type: JsonValue | undefined): boolean {
  return type === 'integer' ? Number.isInteger(value) : type === typeName(value);
}

function typeName(value: JsonValue): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

function checkText(schema: JsonObject, value: string, path: string): SchemaFault[] {
  const min = schema['minLength'];
  if (value === '' && typeof min === 'number' && min > 0) return [{ kind: 'required', path, text: 'is required' }];
  const faults = outside(schema, { count: value.length, keywords: ['minLength', 'maxLength'], path, what: 'characters' });
  const pattern = schema['pattern'];
  if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value))
    faults.push({
      kind: 'value',
      path,
      text: typeof schema['format'] === 'string' ? `is not a valid ${schema['format']}` : 'has the wrong form',
    });
  if (schema['format'] === 'uri' && !URL.canParse(value))
    faults.push({ kind: 'value', path, text: 'is not a complete address (https://…)' });
  return faults;
}

function checkNumber(schema: JsonObject, value: number, path: string): SchemaFault[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (typeof minimum === 'number' && value < minimum) return [{ kind: 'value', path, text: `must be at least ${minimum}` }];
  if (typeof maximum === 'number' && value > maximum) return [{ kind: 'value', path, text: `must be at most ${maximum}` }];
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum)
    return [{ kind: 'value', path, text: `must be more than ${exclusiveMinimum}` }];
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum)
    return [{ kind: 'value', path, text: `must be less than ${exclusiveMaximum}` }];
  return [];
}

function outside(
  schema: JsonObject,
  { count, keywords, path, what }: { count: number; keywords: readonly [string, string]; path: string; what: string },
): SchemaFault[] {
  const [min, max] = [schema[keywords[0]], schema[keywords[1]]];
  if (typeof min === 'number' && count < min) return [{ kind: 'value', path, text: `needs at least ${min} ${what}` }];
  if (typeof max === 'number' && count > max) return [{ kind: 'value', path, text: `takes at most ${max} ${what}` }];
  return [];
}

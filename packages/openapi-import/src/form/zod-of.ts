import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { z } from '@millwright/node-sdk';
import { asText } from '@millwright/openapi';
import type { FormSchema } from './form-schema.ts';

function numberOf(schema: FormSchema, name: string): number | undefined {
  const value = schema[name];
  return typeof value === 'number' ? value : undefined;
}

function ofText(schema: FormSchema): z.ZodType {
  let made = z.string();
  const least = numberOf(schema, 'minLength');
  const most = numberOf(schema, 'maxLength');
  if (least !== undefined) made = made.min(least);
  if (most !== undefined) made = made.max(most);
  return made;
}

function ofNumber(schema: FormSchema, isWhole: boolean): z.ZodType {
  const bounds: readonly [string, (made: z.ZodNumber, limit: number) => z.ZodNumber][] = [
    ['minimum', (made, limit) => made.min(limit)],
    ['maximum', (made, limit) => made.max(limit)],
    ['exclusiveMinimum', (made, limit) => made.gt(limit)],
    ['exclusiveMaximum', (made, limit) => made.lt(limit)],
  ];
  const start: z.ZodNumber = isWhole ? z.int() : z.number();
  return bounds.reduce((made, [name, bound]) => {
    const limit = numberOf(schema, name);
    return limit === undefined ? made : bound(made, limit);
  }, start);
}

function ofList(schema: FormSchema): z.ZodType {
  let made = z.array(zodOf(isJsonObject(schema['items']) ? schema['items'] : {}));
  const least = numberOf(schema, 'minItems');
  const most = numberOf(schema, 'maxItems');
  if (least !== undefined) made = made.min(least);
  if (most !== undefined) made = made.max(most);
  return made;
}

function metaOf(schema: JsonObject): Record<string, JsonValue> {
  return Object.fromEntries(
    ['title', 'description', 'field'].flatMap((name) => (schema[name] === undefined ? [] : [[name, schema[name]]])),
  );
}

/** An object of a form as zod: its fields carry their titles and hints. */
export function zodObject(schema: FormSchema): z.ZodObject {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? (schema['required'] as readonly JsonValue[]) : [];
  const fields = Object.entries(properties).map(([name, inner]): readonly [string, z.ZodType] => {
    const own = isJsonObject(inner) ? inner : {};
    const made = zodOf(own);
    const isOpen = Object.keys(own).every((key) => ['title', 'description', 'field'].includes(key));
    const present = required.includes(name) ? (isOpen ? z.nonoptional(made) : made) : made.optional();
    return [name, Object.keys(metaOf(own)).length === 0 ? present : present.meta(metaOf(own))];
  });
  return z.object(Object.fromEntries(fields));
}

function ofObject(schema: FormSchema): z.ZodType {
  const { properties, additionalProperties } = schema;
  if (!isJsonObject(properties)) return z.record(z.string(), zodOf(isJsonObject(additionalProperties) ? additionalProperties : {}));
  return additionalProperties === undefined ? zodObject(schema).strict() : zodObject(schema).loose();
}

function ofType(type: string, schema: FormSchema): z.ZodType {
  switch (type) {
    case 'string':
      return ofText(schema);
    case 'integer':
      return ofNumber(schema, true);
    case 'number':
      return ofNumber(schema, false);
    case 'boolean':
      return z.boolean();
    case 'array':
      return ofList(schema);
    case 'object':
      return ofObject(schema);
    case 'null':
      return z.null();
    default:
      return z.unknown();
  }
}

/** A form's schema as zod. The printer's `zodSource` writes the same. */
export function zodOf(schema: FormSchema): z.ZodType {
  const { enum: values, anyOf, type } = schema;
  if (Array.isArray(values)) return z.literal(values as readonly (string | number | boolean | null)[]);
  if (Array.isArray(anyOf)) return z.union((anyOf as readonly JsonValue[]).map((one) => zodOf(isJsonObject(one) ? one : {})));
  if (Array.isArray(type)) return ofType(asText((type as readonly JsonValue[])[0]), schema).nullable();
  return typeof type === 'string' ? ofType(type, schema) : z.unknown();
}

import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { asText } from '@millwright/openapi';
import type { FormSchema } from '../form/form-schema.ts';
import { printKey, printParts, printValue } from './print-value.ts';

/** What stands for "anything". Inputs take any value; outputs are JSON for the type checker too. */
export type AnySource = 'z.unknown()' | 'z.json()';

interface Printing {
  readonly any: AnySource;
  readonly indent: string;
}

const METHODS: readonly (readonly [keyword: string, method: string])[] = [
  ['minLength', 'min'],
  ['maxLength', 'max'],
  ['minItems', 'min'],
  ['maxItems', 'max'],
  ['minimum', 'min'],
  ['maximum', 'max'],
  ['exclusiveMinimum', 'gt'],
  ['exclusiveMaximum', 'lt'],
];

function withBounds(source: string, schema: FormSchema): string {
  return METHODS.reduce(
    (made, [keyword, method]) => (typeof schema[keyword] === 'number' ? `${made}.${method}(${schema[keyword]})` : made),
    source,
  );
}

function metaSource(schema: JsonObject, indent: string): string {
  const entries = ['title', 'description', 'field'].flatMap((name) => (schema[name] === undefined ? [] : [[name, schema[name]] as const]));
  return entries.length === 0 ? '' : `.meta(${printValue(Object.fromEntries(entries) as JsonObject, indent)})`;
}

function isOpen(schema: JsonObject): boolean {
  return Object.keys(schema).every((key) => ['title', 'description', 'field'].includes(key));
}

/** An object with its fields; `zodObject` makes the same at run time. */
export function objectSource(schema: FormSchema, printing: Printing): string {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const required: readonly JsonValue[] = Array.isArray(schema['required']) ? schema['required'] : [];
  const inner = { ...printing, indent: `${printing.indent}  ` };
  const parts = Object.entries(properties).map(([name, value]) => {
    const own = isJsonObject(value) ? value : {};
    const source = zodSource(own, inner);
    const isNeeded = required.includes(name);
    const present = isNeeded
      ? isOpen(own) && printing.any === 'z.unknown()'
        ? `z.nonoptional(${source})`
        : source
      : `${source}.optional()`;
    return `${printKey(name)}: ${present}${metaSource(own, inner.indent)}`;
  });
  return `z.object(${printParts(parts, { open: '{', close: '}', indent: printing.indent })})`;
}

function ofObject(schema: FormSchema, printing: Printing): string {
  const { properties, additionalProperties } = schema;
  if (!isJsonObject(properties))
    return `z.record(z.string(), ${zodSource(isJsonObject(additionalProperties) ? additionalProperties : {}, printing)})`;
  const source = objectSource(schema, printing);
  if (additionalProperties === undefined) return `${source}.strict()`;
  return printing.any === 'z.unknown()' ? `${source}.loose()` : `${source}.catchall(z.json())`;
}

function ofType(type: string, schema: FormSchema, printing: Printing): string {
  switch (type) {
    case 'string':
      return withBounds('z.string()', schema);
    case 'integer':
      return withBounds('z.int()', schema);
    case 'number':
      return withBounds('z.number()', schema);
    case 'boolean':
      return 'z.boolean()';
    case 'array':
      return withBounds(`z.array(${zodSource(isJsonObject(schema['items']) ? schema['items'] : {}, printing)})`, schema);
    case 'object':
      return ofObject(schema, printing);
    case 'null':
      return 'z.null()';
    default:
      return printing.any;
  }
}

/** A form's schema as the source of zod; `zodOf` makes the same at run time. */
export function zodSource(schema: FormSchema, printing: Printing): string {
  const { enum: values, anyOf, type } = schema;
  if (Array.isArray(values)) {
    const texts = (values as readonly JsonValue[]).filter((value) => typeof value === 'string');
    return texts.length === values.length
      ? `z.enum(${printValue(values as JsonValue, printing.indent)})`
      : `z.literal(${printValue(values as JsonValue, printing.indent)})`;
  }
  if (Array.isArray(anyOf))
    return `z.union(${printParts(
      (anyOf as readonly JsonValue[]).map((one) => zodSource(isJsonObject(one) ? one : {}, printing)),
      { open: '[', close: ']', indent: printing.indent },
    )})`;
  if (Array.isArray(type)) return `${ofType(asText((type as readonly JsonValue[])[0]), schema, printing)}.nullable()`;
  return typeof type === 'string' ? ofType(type, schema, printing) : printing.any;
}

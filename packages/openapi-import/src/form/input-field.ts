import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import type { FieldHints } from '@millwright/node-sdk';
import { camelOf, freeName, labelOf, plainText, wordsOf } from '../words.ts';
import type { FormSchema } from './form-schema.ts';

/** One parameter of an action. */
export interface InputField {
  /** What templates read. */
  readonly name: string;
  /** What the vendor calls it. */
  readonly vendorName: string;
  readonly place: 'path' | 'query' | 'header' | 'cookie' | 'body';
  readonly required: boolean;
  readonly schema: FormSchema;
  readonly title: string;
  readonly description: string;
  readonly hints: FieldHints & { readonly load?: { readonly options: string } };
  /** A value that the vendor's description accepts; undefined where the sample leaves it out. */
  readonly example: JsonValue | undefined;
}

/** Names that templates read for themselves, and the one that every list has. */
const RESERVED = new Set([
  'auth',
  'kept',
  'callback',
  'client',
  'fields',
  'idempotencyKey',
  'maxItems',
  'search',
  '__proto__',
  'constructor',
  'prototype',
]);
const READABLE = /^[A-Za-z_][\w-]*$/;
const LONG_TEXT = /^(body|content|description|message|text|html|note|notes|comment|markdown)$/i;

/** A name that templates can read and nobody else has. */
function fieldName(vendorName: string, taken: ReadonlySet<string>): string {
  const plain = READABLE.test(vendorName) ? vendorName : camelOf(wordsOf(vendorName)) || 'value';
  return freeName(RESERVED.has(plain) ? `${plain.replaceAll('_', '')}Value` : plain, (name) => taken.has(name));
}

function controlOf(vendorName: string, schema: FormSchema): FieldHints['control'] | undefined {
  const type = Array.isArray(schema['type']) ? (schema['type'] as readonly JsonValue[])[0] : schema['type'];
  if (schema['enum'] !== undefined) return 'options';
  if (type === 'boolean') return 'switch';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'array') return 'json';
  if (type === 'object') return schema['properties'] === undefined ? 'keyValue' : 'json';
  if (type !== 'string') return schema['anyOf'] === undefined ? 'json' : undefined;
  if (schema['format'] === 'date-time') return 'dateTime';
  if (schema['format'] === 'uri' || schema['format'] === 'url') return 'url';
  return LONG_TEXT.test(vendorName) && Number(schema['maxLength'] ?? 1000) > 200 ? 'multiline' : undefined;
}

function optionLabels(schema: FormSchema): Readonly<Record<string, string>> | undefined {
  const values = schema['enum'];
  if (!Array.isArray(values) || values.length > 200) return undefined;
  const texts = (values as readonly JsonValue[]).filter((value) => value !== null).map(String);
  return Object.fromEntries(texts.map((text) => [text, text === '' ? '(empty)' : labelOf(text)]));
}

/** Hints by which the form draws a field. */
function hintsOf(vendorName: string, schema: FormSchema): InputField['hints'] {
  const control = controlOf(vendorName, schema);
  const options = optionLabels(schema);
  return { ...(control === undefined ? {} : { control }), ...(options === undefined ? {} : { options }) };
}

/** What a field is made from. */
export interface FieldSource {
  readonly vendorName: string;
  readonly place: InputField['place'];
  readonly required: boolean;
  readonly schema: FormSchema;
  readonly description: string;
  readonly example: JsonValue | undefined;
}

/** Makes a field; its name is free among those taken. */
export function makeField(source: FieldSource, taken: ReadonlySet<string>): InputField {
  return {
    ...source,
    name: fieldName(source.vendorName, taken),
    title: labelOf(source.vendorName),
    description: plainText(source.description),
    hints: hintsOf(source.vendorName, source.schema),
  };
}

/** Fields as the JSON Schema of an action's input, with titles and hints. */
export function inputSchema(fields: readonly InputField[]): JsonObject {
  const properties = fields.map(({ name, schema, title, description, hints }) => [
    name,
    {
      ...schema,
      title,
      ...(description === '' ? {} : { description }),
      ...(Object.keys(hints).length === 0 ? {} : { field: hints as JsonObject }),
    },
  ]);
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  return { type: 'object', properties: Object.fromEntries(properties) as JsonObject, ...(required.length > 0 ? { required } : {}) };
}

/** The description of a schema, else of what it refers to. */
export function describedBy(schema: JsonValue): string {
  const text = isJsonObject(schema) ? schema['description'] : undefined;
  return typeof text === 'string' ? text : '';
}

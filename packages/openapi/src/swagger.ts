import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { asText, field, listField, objectField, textField, type Description } from './description.ts';
import type { FieldEncoding, MediaType, Parameter, ParameterPlace, ParameterStyle, RequestBody } from './operation.ts';

/** Words of a version 2 parameter that are no words of a schema. */
const NOT_SCHEMA = new Set(['name', 'in', 'required', 'description', 'collectionFormat', 'allowEmptyValue', 'schema', 'x-example']);
const STYLES: Readonly<Record<string, ParameterStyle>> = {
  csv: 'form',
  ssv: 'spaceDelimited',
  tsv: 'tabDelimited',
  pipes: 'pipeDelimited',
  multi: 'form',
};

/** Version 2 writes the schema of a parameter into the parameter. */
function inlineSchema(parameter: JsonObject): JsonObject {
  const entries = Object.entries(parameter).filter(([name]) => !NOT_SCHEMA.has(name));
  const schema: JsonObject = Object.fromEntries(entries);
  return schema['type'] === 'file' ? { ...schema, type: 'string', format: 'binary' } : schema;
}

function styleOf(parameter: JsonObject, place: string): { readonly style: ParameterStyle; readonly explode: boolean } {
  const format = textField(parameter, 'collectionFormat') ?? 'csv';
  if (place === 'path' || place === 'header') return { style: 'simple', explode: false };
  const isList = field(parameter, 'type') === 'array';
  return { style: isList ? (STYLES[format] ?? 'form') : 'form', explode: isList ? format === 'multi' : true };
}

/** A version 2 parameter in the inner form; null for those that are the body. */
export function swaggerParameter(parameter: JsonObject): Parameter | null {
  const place = textField(parameter, 'in') ?? '';
  if (place === 'cookie') return null;
  return {
    name: textField(parameter, 'name') ?? '',
    in: place as ParameterPlace,
    required: place === 'path' || field(parameter, 'required') === true,
    description: textField(parameter, 'description') ?? '',
    deprecated: false,
    ...styleOf(parameter, place),
    schema: inlineSchema(parameter),
    mediaType: null,
    example: field(parameter, 'x-example'),
  };
}

function mediaTypes(description: Description, operation: JsonValue, side: 'consumes' | 'produces'): readonly string[] {
  const own = listField(operation, side);
  const all = own.length > 0 ? own : listField(description.root, side);
  return all.map((type) => asText(type).toLowerCase());
}

function formMedia(fields: readonly JsonObject[]): MediaType {
  const properties: Record<string, JsonValue> = {};
  const encoding: Record<string, FieldEncoding> = {};
  for (const parameter of fields) {
    const name = textField(parameter, 'name') ?? '';
    properties[name] = { ...inlineSchema(parameter), ...(isJsonObject(parameter) ? { description: parameter['description'] ?? '' } : {}) };
    encoding[name] = { contentType: null, ...styleOf(parameter, 'formData') };
  }
  const required = fields.filter((parameter) => parameter['required'] === true).map((parameter) => asText(parameter['name']));
  return { schema: { type: 'object', properties, ...(required.length > 0 ? { required } : {}) }, encoding, example: undefined };
}

/** What a version 2 operation is sent: its `body` parameter, or its `formData` ones together. */
export function swaggerBody(description: Description, operation: JsonValue, parameters: readonly JsonObject[]): RequestBody | null {
  const consumes = mediaTypes(description, operation, 'consumes');
  const body = parameters.find((parameter) => parameter['in'] === 'body');
  if (body !== undefined) {
    const media: MediaType = { schema: field(body, 'schema') ?? null, encoding: {}, example: undefined };
    const types = consumes.filter((type) => !type.includes('form'));
    return {
      required: body['required'] === true,
      description: textField(body, 'description') ?? '',
      content: Object.fromEntries((types.length > 0 ? types : ['application/json']).map((type) => [type, media])),
    };
  }
  const fields = parameters.filter((parameter) => parameter['in'] === 'formData');
  if (fields.length === 0) return null;
  const hasFile = fields.some((parameter) => parameter['type'] === 'file');
  const types = consumes.filter((type) => type === 'multipart/form-data' || (!hasFile && type === 'application/x-www-form-urlencoded'));
  const fallback = hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  return {
    required: fields.some((parameter) => parameter['required'] === true),
    description: '',
    content: Object.fromEntries((types.length > 0 ? types : [fallback]).map((type) => [type, formMedia(fields)])),
  };
}

/** What a version 2 operation answers with, by media type. */
export function swaggerAnswerContent(
  description: Description,
  operation: JsonValue,
  answer: JsonValue,
): Readonly<Record<string, MediaType>> {
  const schema = field(answer, 'schema');
  if (schema === undefined) return {};
  const examples = objectField(answer, 'examples');
  const types = mediaTypes(description, operation, 'produces');
  const written = types.length > 0 ? types : ['application/json'];
  return Object.fromEntries(written.map((type) => [type, { schema, encoding: {}, example: field(examples, type) }]));
}

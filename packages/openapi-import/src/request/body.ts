import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import type { BodyCodec } from '@millwright/node-sdk';
import {
  alternatives,
  field,
  fits,
  flatten,
  follow,
  sampleOf,
  toJsonSchema,
  type Description,
  type MediaType,
  type Operation,
  type Parameter,
} from '@millwright/openapi';
import { toFormSchema, type FormSchema } from '../form/form-schema.ts';
import { describedBy } from '../form/input-field.ts';
import { KEY_FIELD } from '../guess/effect.ts';
import { propertiesOf, typeOf } from '../guess/schema-paths.ts';
import type { RequestDraft } from './draft.ts';

const MAX_FIELDS = 150;
/** Characters of a vendor's example that is taken over. */
const MAX_EXAMPLE = 4000;
const FILE: FormSchema = {
  type: 'object',
  properties: { fileName: { type: 'string', minLength: 1 }, contentType: { type: 'string' }, base64: { type: 'string' } },
  required: ['fileName', 'contentType', 'base64'],
};
const FILE_EXAMPLE = { fileName: 'sample.txt', contentType: 'text/plain', base64: 'dGV4dA==' };

/** What a body is made from. */
interface BodySource {
  readonly description: Description;
  readonly media: MediaType;
  readonly required: boolean;
  readonly text: string;
}

const ORDER: readonly RegExp[] = [
  /^application\/json/,
  /json/,
  /x-www-form-urlencoded/,
  /^multipart\/form-data/,
  /^text\/(?!xml)/,
  /xml/,
  /./,
];

/** The media type that is sent: JSON before forms before the rest. */
function pick(operation: Operation): readonly [string, MediaType] | null {
  const content = Object.entries(operation.body?.content ?? {});
  for (const wanted of ORDER) {
    const hit = content.find(([type]) => wanted.test(type));
    if (hit) return hit;
  }
  return null;
}

function isBinary(root: JsonObject, schema: JsonValue): boolean {
  const { format, type, contentMediaType } = flatten(root, schema);
  return (type === 'string' && (format === 'binary' || format === 'byte')) || contentMediaType === 'application/octet-stream';
}

function standing({ description, media }: BodySource): JsonObject {
  return toJsonSchema(description, media.schema, { purpose: 'request' });
}

/** The example of the vendor where it holds and names no unknown fields, else one that is made. */
function exampleBody({ media }: BodySource, schema: JsonObject): JsonValue {
  const own = media.example;
  if (own === undefined || JSON.stringify(own).length > MAX_EXAMPLE) return sampleOf(schema);
  return fits(schema, own) && hasOnlyKnown(schema, schema, own) ? own : sampleOf(schema);
}

/** Whether an example keeps to the fields that are described, inside too: vendors' examples lag behind. */
function hasOnlyKnown(root: JsonObject, schema: JsonValue, value: JsonValue): boolean {
  if (Array.isArray(value)) {
    const items = flatten(root, schema)['items'] ?? {};
    return (value as readonly JsonValue[]).every((one) => hasOnlyKnown(root, items, one));
  }
  if (!isJsonObject(value)) return true;
  const known = propertiesOf(root, schema);
  if (Object.keys(known).length === 0) return true;
  return Object.entries(value).every(([name, inner]) => Object.hasOwn(known, name) && hasOnlyKnown(root, known[name] ?? true, inner));
}

/** Whether all that the body can be is an object with fields by name. */
function hasFields(root: JsonObject): boolean {
  const names = Object.keys(propertiesOf(root, root));
  const all = alternatives(root, flatten(root, root));
  const isOpen = all.some((one) => isJsonObject(one['additionalProperties']) && Object.keys(one['additionalProperties']).length > 0);
  return names.length > 0 && names.length <= MAX_FIELDS && !isOpen && typeOf(root, root) === 'object';
}

function requiredNames(root: JsonObject): ReadonlySet<string> {
  const lists = alternatives(root, flatten(root, root)).map(
    (one) => new Set((Array.isArray(one['required']) ? (one['required'] as readonly JsonValue[]) : []).map(String)),
  );
  return new Set([...(lists[0] ?? [])].filter((name) => lists.every((list) => list.has(name))));
}

function isFixed(root: JsonObject, schema: JsonValue): JsonValue | undefined {
  const { enum: values, const: constant } = flatten(root, schema);
  const only = constant ?? (Array.isArray(values) && values.length === 1 ? (values as readonly JsonValue[])[0] : undefined);
  return only !== undefined && !JSON.stringify(only).includes('{{') ? only : undefined;
}

/** Adds a field for each field of the body. @returns the body as a template */
function addFields(draft: RequestDraft, source: BodySource, isMultipart: boolean): JsonObject {
  const root = standing(source);
  const required = requiredNames(root);
  const example = exampleBody(source, root);
  const body: Record<string, JsonValue> = {};
  for (const [name, schema] of Object.entries(propertiesOf(root, root))) {
    const flat = flatten(root, schema);
    if (flat['readOnly'] === true) continue;
    const fixed = required.has(name) ? isFixed(root, schema) : undefined;
    if (fixed !== undefined) {
      body[name] = fixed;
      continue;
    }
    if (KEY_FIELD.test(name)) {
      draft.hasKeyField = true;
      body[name] = '{{idempotencyKey}}';
      continue;
    }
    const isFile = isMultipart && isBinary(root, schema);
    const isFiles = isMultipart && typeOf(root, schema) === 'array' && isBinary(root, flat['items'] ?? {});
    const value = field(example, name);
    const file = isFiles ? { type: 'array', items: FILE } : FILE;
    body[name] = draft.add({
      vendorName: name,
      place: 'body',
      required: required.has(name),
      schema: isFile || isFiles ? file : toFormSchema(root, schema, 1),
      description: describedBy(schema) || describedBy(flat),
      example: value === undefined || value === null ? undefined : isFile ? FILE_EXAMPLE : isFiles ? [FILE_EXAMPLE] : value,
    });
  }
  return body;
}

/** The whole body as one field. */
function addWhole(draft: RequestDraft, source: BodySource): string {
  const root = standing(source);
  const form = toFormSchema(root, root);
  return draft.add({
    vendorName: 'body',
    place: 'body',
    required: source.required,
    schema: form,
    description: source.text,
    example: source.required ? exampleBody(source, root) : undefined,
  });
}

function formCodec(source: BodySource): BodyCodec {
  const root = standing(source);
  const encodings = Object.values(source.media.encoding);
  const isNested = Object.values(propertiesOf(root, root)).some((schema) => {
    const type = typeOf(root, schema);
    return (
      type === 'object' ||
      type === undefined ||
      (type === 'array' && ['object', 'array'].includes(typeOf(root, flatten(root, schema)['items'] ?? {}) ?? 'string'))
    );
  });
  if (encodings.some(({ style }) => style === 'deepObject') || isNested) return { kind: 'form', lists: 'indices' };
  return { kind: 'form', lists: encodings.some(({ explode }) => explode === false) ? 'comma' : 'repeat' };
}

/** The name of the element around an XML body: what the schema says, else the schema's own name. */
function xmlRoot({ description, media }: BodySource): string {
  const followed = follow(description, media.schema ?? {});
  const named = field(field(followed.value, 'xml') ?? {}, 'name');
  return typeof named === 'string' ? named : (followed.pointer?.split('/').at(-1) ?? 'Request').replace(/Request$/, '') || 'Request';
}

function addContent(
  draft: RequestDraft,
  { source, title, base64 }: { readonly source: BodySource; readonly title: string; readonly base64: boolean },
): string {
  const example = base64 ? 'dGV4dA==' : 'text';
  return draft.add({
    vendorName: 'content',
    place: 'body',
    required: source.required,
    schema: { type: 'string' },
    description: source.text === '' ? title : source.text,
    example: source.required ? example : undefined,
  });
}

function addObject(draft: RequestDraft, source: BodySource, isMultipart = false): JsonValue {
  return hasFields(standing(source)) ? addFields(draft, source, isMultipart) : addWhole(draft, source);
}

/** JSON in a header; `bytes` is what follows it, null where nothing does. */
function addHeaderJson(draft: RequestDraft, json: { readonly name: string; readonly source: BodySource }, bytes: TypedSource | null): void {
  const content =
    bytes === null
      ? {}
      : {
          content: addContent(draft, { source: { ...bytes.source, required: true }, title: 'The file, as base64.', base64: true }),
          contentType: bytes.type,
        };
  draft.body = addObject(draft, json.source);
  draft.as = { kind: 'headerJson', header: json.name, ...content };
}

/** A body with the content type that it is sent with. */
interface TypedSource {
  readonly source: BodySource;
  readonly type: string;
}

/** Fields and codec by content type. */
function addTyped(draft: RequestDraft, { source, type }: TypedSource): void {
  if (type.includes('json')) {
    draft.body = addObject(draft, source);
    if (type !== 'application/json') draft.as = { kind: 'json', contentType: type };
  } else if (type.includes('x-www-form-urlencoded')) {
    draft.body = addObject(draft, source);
    draft.as = formCodec(source);
  } else if (type.startsWith('multipart/form-data')) {
    draft.body = addObject(draft, source, true);
    draft.as = { kind: 'multipart' };
  } else if (type.includes('xml') && source.media.schema !== null) {
    draft.body = { [xmlRoot(source)]: addWhole(draft, source) };
    draft.as = { kind: 'xml', contentType: type };
  } else if (type.startsWith('text/')) {
    draft.body = addContent(draft, { source, title: 'The text.', base64: false });
    draft.as = { kind: 'text', contentType: type };
  } else {
    draft.body = addContent(draft, { source, title: 'The file, as base64.', base64: true });
    draft.as = { kind: 'bytes', contentType: type };
  }
}

/** Any type at all is JSON; any type of one kind is bytes. */
function sentType(type: string): string {
  if (type === '*/*') return 'application/json';
  return type.includes('*') ? 'application/octet-stream' : type;
}

/** What a body is read from. */
export interface BodyReading {
  readonly description: Description;
  readonly operation: Operation;
  /** The header that carries JSON, where there is one: then the body is what follows it. */
  readonly headerJson: Parameter | undefined;
}

/** Adds the body: a field for each of its fields where it has such, else one for the whole. */
export function addBody(draft: RequestDraft, { description, operation, headerJson }: BodyReading): void {
  const picked = pick(operation);
  const required = operation.body?.required ?? false;
  const isBare = picked === null || (['GET', 'HEAD', 'DELETE'].includes(operation.method) && !required);
  const [type, media] = picked ?? ['', { schema: null, encoding: {}, example: undefined }];
  const typed: TypedSource = { source: { description, media, required, text: operation.body?.description ?? '' }, type: sentType(type) };
  if (headerJson !== undefined) {
    const { name, schema, example, description: text } = headerJson;
    const source: BodySource = { description, required: headerJson.required, text, media: { schema, encoding: {}, example } };
    addHeaderJson(draft, { name, source }, isBare || typed.type.includes('json') ? null : typed);
  } else if (!isBare) addTyped(draft, typed);
}

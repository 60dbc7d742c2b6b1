import { messageOf, type JsonObject, type JsonValue } from '@millwright/core';
import type { MediaType, Operation } from '@millwright/openapi';
import type { Fault, ReceivedRequest, RefusalCode } from '../exchange.ts';
import type { SchemaChecks } from '../schema-check.ts';
import { nestForm, shapeFields } from '../values/decode-form.ts';
import { partValue, readMultipart } from '../values/decode-multipart.ts';
import { fieldSchema, shapeOf } from '../values/shape.ts';

/** What a body is. */
export interface CheckedBody {
  readonly value: JsonValue | undefined;
  readonly faults: readonly Fault[];
  readonly code: Extract<RefusalCode, 'contract_body' | 'contract_content_type'>;
}

/** A body that could be read, or why not. */
type Read = { readonly value: JsonValue } | { readonly fault: string };

const NONE: CheckedBody = { value: undefined, faults: [], code: 'contract_body' };

function refused(code: CheckedBody['code'], message: string): CheckedBody {
  return { value: undefined, code, faults: [{ at: 'body', message }] };
}

/** The description of a content type: itself, then with its parameters left out, then by wildcard. */
function mediaFor(operation: Operation, contentType: string): readonly [string, MediaType] | null {
  const content = operation.body?.content ?? {};
  const bare = (type: string): string => type.split(';')[0]?.trim().toLowerCase() ?? '';
  const sent = bare(contentType);
  const isJson = (type: string): boolean => type === 'application/json' || type.endsWith('+json');
  const matches: readonly ((type: string) => boolean)[] = [
    (type) => bare(type) === sent,
    (type) => bare(type) === `${sent.split('/')[0] ?? ''}/*`,
    (type) => bare(type) === '*/*',
    (type) => isJson(bare(type)) && isJson(sent),
  ];
  for (const matching of matches) {
    const hit = Object.entries(content).find(([type]) => matching(type));
    if (hit) return hit;
  }
  return null;
}

function readJson(text: string): Read {
  try {
    return { value: JSON.parse(text) as JsonValue };
  } catch (thrown) {
    return { fault: `is not JSON: ${messageOf(thrown)}` };
  }
}

function readForm(text: string, media: MediaType, schema: JsonObject): Read {
  return { value: shapeFields(schema, schema, { value: nestForm(new URLSearchParams(text)), encodings: media.encoding }) };
}

function readParts(request: ReceivedRequest, media: MediaType, schema: JsonObject): Read {
  const parts = readMultipart(request.headers['content-type'] ?? '', request.body);
  if (parts === null) return { fault: 'is no multipart body with the boundary that its content type names' };
  const fields: Record<string, JsonValue> = {};
  for (const part of parts) {
    const known = fields[part.name];
    const isList = shapeOf(schema, fieldSchema(schema, schema, part.name) ?? true).list;
    const value = partValue(part);
    if (known === undefined) fields[part.name] = isList && !Array.isArray(value) && part.fileName !== null ? [value] : value;
    else fields[part.name] = [...(Array.isArray(known) ? (known as readonly JsonValue[]) : [known]), value];
  }
  return { value: shapeFields(schema, schema, { value: fields, encodings: media.encoding }) };
}

/** How each kind of body is read; null: bytes, which no schema judges. */
function readBody(
  type: string,
  request: ReceivedRequest,
  { media, schema }: { readonly media: MediaType; readonly schema: JsonObject },
): Read | null {
  const text = (): string => new TextDecoder().decode(request.body);
  if (type.includes('json')) return readJson(text());
  if (type.includes('x-www-form-urlencoded')) return readForm(text(), media, schema);
  if (type.startsWith('multipart/form-data')) return readParts(request, media, schema);
  if (type.includes('xml')) return /^\s*</.test(text()) ? null : { fault: 'is not XML' };
  return type.startsWith('text/') && shapeOf(schema, schema).scalar ? { value: text() } : null;
}

/**
 * Reads and judges the body.
 * @throws SchemaFault when its schema cannot be compiled
 */
export function checkBody(operation: Operation, checks: SchemaChecks, request: ReceivedRequest): CheckedBody {
  const isEmpty = request.body.byteLength === 0;
  if (operation.body === null || Object.keys(operation.body.content).length === 0)
    return isEmpty || operation.body !== null ? NONE : refused('contract_body', 'is not described for this operation');
  const contentType = (request.headers['content-type'] ?? '').toLowerCase();
  if (
    isEmpty &&
    !contentType.includes('x-www-form-urlencoded') &&
    !contentType.startsWith('text/') &&
    !contentType.includes('octet-stream')
  )
    return operation.body.required ? refused('contract_body', 'is required and missing') : NONE;
  if (contentType === '') return isEmpty ? NONE : refused('contract_content_type', 'has no content type');
  const found = mediaFor(operation, contentType);
  if (found === null)
    return refused('contract_content_type', `"${contentType}" is none of ${Object.keys(operation.body.content).join(', ')}`);
  const [type, media] = found;
  if (isEmpty && !operation.body.required) return NONE;
  const isForm = contentType.includes('form');
  const judge = checks.judge(`${operation.method} ${operation.path} body ${type}`, media.schema, isForm ? 'text' : 'exact');
  const read = readBody(contentType, request, { media, schema: judge.schema });
  if (read === null) return { ...NONE, value: Buffer.from(request.body).toString('base64') };
  if ('fault' in read) return refused('contract_body', read.fault);
  const checked = judge.check(read.value, 'body');
  return { value: checked.value, faults: checked.faults, code: 'contract_body' };
}

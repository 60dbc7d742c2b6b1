import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { asText, toDescription, type Description } from '@millwright/openapi';

/** A name and its value. */
interface Pair {
  readonly name: string;
  readonly value: string;
}

/** One request as it was once sent; what `readCurl` of `workflow` gives has this shape. */
export interface SentRequest {
  readonly method: string;
  /** Absolute, without query. */
  readonly url: string;
  readonly query: readonly Pair[];
  readonly headers: readonly Pair[];
  readonly body:
    | { readonly kind: 'none' }
    | { readonly kind: 'json'; readonly value: JsonValue }
    | { readonly kind: 'form'; readonly fields: JsonObject }
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'multipart'; readonly fields: readonly Pair[]; readonly files: readonly { readonly name: string }[] };
  /** How it was signed; the secret itself is not read. */
  readonly credential: { readonly kind: 'basic' } | { readonly kind: 'bearer' } | { readonly kind: 'header'; readonly name: string } | null;
}

/** Parts of a path that are values: numbers, UUIDs, long ids. */
const VALUE = /^(\d+|[0-9a-f]{8}-[0-9a-f-]{27,}|(?=[^/]*\d)[\w-]{12,})$/i;

/** The schema of a value that was seen once. */
function schemaOf(value: JsonValue): JsonObject {
  if (value === null) return {};
  if (Array.isArray(value)) return { type: 'array', items: value.length === 0 ? {} : schemaOf((value as readonly JsonValue[])[0] ?? null) };
  if (isJsonObject(value))
    return { type: 'object', properties: Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, schemaOf(inner)])) };
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number', example: value };
  return { type: typeof value, example: value };
}

/** Fields that were sent are needed: nothing says that they are not. */
function bodySchema(value: JsonValue): JsonObject {
  const schema = schemaOf(value);
  return isJsonObject(value) && Object.keys(value).length > 0 ? { ...schema, required: Object.keys(value) } : schema;
}

function requestBody({ body }: SentRequest): JsonObject {
  const content = (type: string, schema: JsonObject): JsonObject => ({ requestBody: { required: true, content: { [type]: { schema } } } });
  switch (body.kind) {
    case 'none':
      return {};
    case 'json':
      return content('application/json', bodySchema(body.value));
    case 'form':
      return content('application/x-www-form-urlencoded', bodySchema(body.fields));
    case 'text':
      return content('text/plain', { type: 'string', example: body.text });
    case 'multipart': {
      const fields = body.fields.map(({ name, value }) => [name, { type: 'string', example: value }] as const);
      const files = body.files.map(({ name }) => [name, { type: 'string', format: 'binary' }] as const);
      const properties = Object.fromEntries([...fields, ...files]);
      return content('multipart/form-data', { type: 'object', required: Object.keys(properties), properties });
    }
  }
}

function securityScheme({ credential }: SentRequest): JsonObject | null {
  if (credential === null) return null;
  if (credential.kind === 'header') return { type: 'apiKey', in: 'header', name: credential.name };
  return { type: 'http', scheme: credential.kind };
}

/** Values in the path become parameters, named after the thing before them. */
function pathOf(url: URL): { readonly path: string; readonly parameters: readonly JsonObject[] } {
  const parameters: JsonObject[] = [];
  const parts = url.pathname.split('/').map((part, index, all) => {
    if (!VALUE.test(part)) return part;
    const thing = (all[index - 1] ?? '').replace(/s$/, '').replaceAll(/\W/g, '');
    const name = `${/^\d|^$/.test(thing) ? 'item' : thing}_id${parameters.some((one) => asText(one['name']).startsWith(thing)) ? index : ''}`;
    parameters.push({ name, in: 'path', required: true, schema: { type: 'string', example: part } });
    return `{${name}}`;
  });
  return { path: parts.join('/'), parameters };
}

/**
 * Describes an API from one request that was sent: for `importDescription`, so that a cURL command becomes a connector with one action.
 * @param title of the API; default its host
 */
export function describeRequest(request: SentRequest, title?: string): Description {
  const url = new URL(request.url);
  const { path, parameters } = pathOf(url);
  const asParameter =
    (place: 'query' | 'header') =>
    (pair: Pair): JsonObject => ({
      name: pair.name,
      in: place,
      required: place === 'header',
      schema: { type: 'string', example: pair.value, ...(place === 'header' ? { default: pair.value } : {}) },
    });
  const scheme = securityScheme(request);
  const operation: JsonObject = {
    parameters: [...parameters, ...request.query.map(asParameter('query')), ...request.headers.map(asParameter('header'))],
    ...requestBody(request),
    responses: { 200: { description: 'ok', content: { 'application/json': {} } } },
  };
  return toDescription({
    openapi: '3.1.0',
    info: { title: title ?? url.hostname, version: '1' },
    servers: [{ url: url.origin }],
    paths: { [path === '' ? '/' : path]: { [request.method.toLowerCase()]: operation } },
    ...(scheme === null ? {} : { security: [{ connection: [] }], components: { securitySchemes: { connection: scheme } } }),
  });
}

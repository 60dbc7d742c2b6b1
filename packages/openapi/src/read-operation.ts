import { isJsonObject, UserError, type JsonObject, type JsonValue } from '@millwright/core';
import { asText, field, listField, objectField, textField, type Description } from './description.ts';
import {
  METHODS,
  type FieldEncoding,
  type MediaType,
  type Operation,
  type OperationAnswer,
  type OperationEntry,
  type Parameter,
  type ParameterPlace,
  type ParameterStyle,
  type RequestBody,
  type SecurityChoice,
} from './operation.ts';
import { follow } from './references.ts';
import { documentServers, readServers } from './servers.ts';
import { swaggerAnswerContent, swaggerBody, swaggerParameter } from './swagger.ts';

const PLACES = new Set(['path', 'query', 'header', 'cookie']);
/** Parameters with these names say nothing: the security scheme and the body say it (OpenAPI 3, Parameter Object). */
const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization']);

function entryOf(method: string, path: string, value: JsonValue): OperationEntry {
  return {
    method: method.toUpperCase(),
    path,
    id: textField(value, 'operationId') ?? null,
    summary: textField(value, 'summary') ?? '',
    tags: listField(value, 'tags').filter((tag) => typeof tag === 'string'),
    deprecated: field(value, 'deprecated') === true,
  };
}

/** The operations of a description in the order of the document. Nothing but the paths is read. */
export function listOperations(description: Description): readonly OperationEntry[] {
  return Object.entries(objectField(description.root, 'paths')).flatMap(([path, item]) => {
    if (!path.startsWith('/')) return [];
    const holder = isJsonObject(item) && '$ref' in item ? follow(description, item).value : item;
    return METHODS.flatMap((method) => {
      const value = field(holder, method);
      return isJsonObject(value) ? [entryOf(method, path, value)] : [];
    });
  });
}

/** The example that a parameter or media type gives: `example`, else the first of `examples`. */
function exampleOf(description: Description, holder: JsonValue): JsonValue | undefined {
  const own = field(holder, 'example');
  if (own !== undefined) return own;
  const first = Object.values(objectField(holder, 'examples'))[0];
  return first === undefined ? undefined : field(follow(description, first).value, 'value');
}

function readParameter(description: Description, value: JsonObject): Parameter | null {
  const name = textField(value, 'name');
  const place = textField(value, 'in') ?? '';
  if (name === undefined || !PLACES.has(place)) return null;
  if (place === 'header' && IGNORED_HEADERS.has(name.toLowerCase())) return null;
  if (description.version === '2.0') return swaggerParameter(value);
  const [mediaType, media] = Object.entries(objectField(value, 'content'))[0] ?? [null, null];
  const style = (textField(value, 'style') ?? (place === 'query' || place === 'cookie' ? 'form' : 'simple')) as ParameterStyle;
  const explode = field(value, 'explode');
  return {
    name,
    in: place as ParameterPlace,
    required: place === 'path' || field(value, 'required') === true,
    description: textField(value, 'description') ?? '',
    deprecated: field(value, 'deprecated') === true,
    style,
    explode: typeof explode === 'boolean' ? explode : style === 'form',
    schema: (mediaType === null ? field(value, 'schema') : field(media, 'schema')) ?? {},
    mediaType,
    example: exampleOf(description, value) ?? (media === null ? undefined : exampleOf(description, media)),
  };
}

function readParameters(description: Description, lists: readonly (readonly JsonValue[])[]): readonly JsonObject[] {
  const byKey = new Map<string, JsonObject>();
  for (const value of lists.flat()) {
    const parameter = follow(description, value).value;
    if (isJsonObject(parameter)) byKey.set(`${asText(parameter['in'])} ${asText(parameter['name'])}`, parameter);
  }
  return [...byKey.values()];
}

function readEncoding(value: JsonValue): FieldEncoding {
  const explode = field(value, 'explode');
  return {
    contentType: textField(value, 'contentType') ?? null,
    style: (textField(value, 'style') ?? null) as ParameterStyle | null,
    explode: typeof explode === 'boolean' ? explode : null,
  };
}

function readContent(description: Description, holder: JsonValue): Readonly<Record<string, MediaType>> {
  const entries = Object.entries(objectField(holder, 'content')).map(([type, media]): readonly [string, MediaType] => {
    const encoding = Object.entries(objectField(media, 'encoding')).map(([name, value]) => [name, readEncoding(value)] as const);
    return [
      type.toLowerCase(),
      { schema: field(media, 'schema') ?? null, encoding: Object.fromEntries(encoding), example: exampleOf(description, media) },
    ];
  });
  return Object.fromEntries(entries);
}

function readBody(description: Description, operation: JsonValue, parameters: readonly JsonObject[]): RequestBody | null {
  if (description.version === '2.0') return swaggerBody(description, operation, parameters);
  const written = field(operation, 'requestBody');
  if (written === undefined || written === null) return null;
  const body = follow(description, written).value;
  return {
    required: field(body, 'required') === true,
    description: textField(body, 'description') ?? '',
    content: readContent(description, body),
  };
}

function readAnswers(description: Description, operation: JsonValue): readonly OperationAnswer[] {
  return Object.entries(objectField(operation, 'responses'))
    .filter(([status]) => /^([1-5](\d\d|XX)|default)$/i.test(status))
    .map(([status, value]) => {
      const answer = follow(description, value).value;
      const headers = Object.entries(objectField(answer, 'headers')).map(([name, header]) => [
        name.toLowerCase(),
        follow(description, header).value,
      ]);
      return {
        status: status === 'default' ? status : status.toUpperCase(),
        description: textField(answer, 'description') ?? '',
        headers: Object.fromEntries(headers) as Readonly<Record<string, JsonObject>>,
        content: description.version === '2.0' ? swaggerAnswerContent(description, operation, answer) : readContent(description, answer),
      };
    });
}

function readSecurity(description: Description, operation: JsonValue): readonly SecurityChoice[] {
  const written = field(operation, 'security') ?? field(description.root, 'security');
  if (!Array.isArray(written)) return [];
  return (written as readonly JsonValue[]).filter(isJsonObject).map((choice) => {
    const schemes = Object.keys(choice).map((name) => [name, listField(choice, name).map(String)] as const);
    return Object.fromEntries(schemes);
  });
}

/**
 * Reads one operation in full, its references followed; schemas are left as written.
 * @throws UserError `operation_unknown`, `description_reference`
 */
export function readOperation(description: Description, method: string, path: string): Operation {
  const written = field(objectField(description.root, 'paths'), path);
  const item = written === undefined ? undefined : follow(description, written).value;
  const value = field(item, method.toLowerCase());
  if (!isJsonObject(value))
    throw new UserError('notFound', { code: 'operation_unknown', message: `the description has no ${method.toUpperCase()} ${path}` });
  const parameters = readParameters(description, [listField(item, 'parameters'), listField(value, 'parameters')]);
  const own = readServers(value);
  const ofPath = readServers(item);
  return {
    ...entryOf(method, path, value),
    description: textField(value, 'description') ?? '',
    parameters: parameters.flatMap((parameter) => readParameter(description, parameter) ?? []),
    body: readBody(description, value, parameters),
    answers: readAnswers(description, value),
    security: readSecurity(description, value),
    servers: own.length > 0 ? own : ofPath.length > 0 ? ofPath : documentServers(description),
  };
}

import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { fits, sampleOf, toJsonSchema, type Description, type MediaType, type Operation, type OperationAnswer } from '@millwright/openapi';

/** An answer as tests write it. */
export interface MockAnswer {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes go as they are, anything else as JSON. Default empty. */
  readonly body?: JsonValue | Uint8Array;
}

const MORE = /^(has_?more|has_?next(_?page)?|more|is_?truncated)$/i;
const NEXT =
  /^((@odata\.)?next(_?(page|cursor|token|url|uri|link|href|records_?url|page_?(token|uri|url)))?|cursor|end_?cursor|starting_after)$/i;
const DEPTH = 3;

/** An answer that was made up says that there is no further page: a list ends by itself. */
function withoutNext(value: JsonValue, depth = 0): JsonValue {
  if (!isJsonObject(value) || depth > DEPTH) return value;
  const kept = Object.entries(value).flatMap(([name, inner]): readonly (readonly [string, JsonValue])[] => {
    if (MORE.test(name) && typeof inner === 'boolean') return [[name, false]];
    if (NEXT.test(name) && (typeof inner === 'string' || (isJsonObject(inner) && depth < DEPTH))) return [];
    return [[name, withoutNext(inner, depth + 1)]];
  });
  return Object.fromEntries(kept);
}

function statusOf(answer: OperationAnswer): number {
  if (answer.status === 'default') return 200;
  return Number(answer.status.replaceAll('X', '0'));
}

/** The answer that means success: the lowest 2xx, else `default`, else what there is. */
function successOf(operation: Operation): OperationAnswer | undefined {
  const good = operation.answers.filter(({ status }) => status.startsWith('2')).toSorted((left, right) => statusOf(left) - statusOf(right));
  return (
    good[0] ??
    operation.answers.find(({ status }) => status === 'default') ??
    operation.answers.find(({ status }) => status.startsWith('3'))
  );
}

function sampleBody(description: Description, media: MediaType): JsonValue {
  const schema = toJsonSchema(description, media.schema, { purpose: 'answer' });
  if (media.example !== undefined && fits(schema, media.example)) return media.example;
  const made = sampleOf(schema, { fields: 'all' });
  const ended = withoutNext(made);
  return fits(schema, ended) ? ended : made;
}

function sampleHeaders(answer: OperationAnswer): Readonly<Record<string, string>> {
  const given = Object.entries(answer.headers).flatMap(([name, header]) => {
    const schema = isJsonObject(header['schema']) ? header['schema'] : {};
    const example = header['example'] ?? schema['example'];
    return typeof example === 'string' || typeof example === 'number' ? [[name, String(example)] as const] : [];
  });
  return Object.fromEntries(given.filter(([name]) => name !== 'link' && name !== 'content-type' && name !== 'content-length'));
}

/**
 * The answer that the description promises, from its example, else from its schema; the same each time.
 * @throws UserError when the schema of the answer refers to nothing
 */
export function describedAnswer(description: Description, operation: Operation): MockAnswer {
  const answer = successOf(operation);
  if (answer === undefined) return { status: 200 };
  const content = Object.entries(answer.content);
  const [type, media] = content.find(([one]) => one.includes('json')) ?? content[0] ?? [null, null];
  const headers = sampleHeaders(answer);
  const status = statusOf(answer);
  if (media === null || type === null || status === 204) return { status, headers };
  const body = sampleBody(description, media);
  const isJson = type.includes('json') || type === '*/*';
  return {
    status,
    headers: { ...headers, 'content-type': isJson ? 'application/json' : type },
    // What is no JSON is sent as text, whatever its schema.
    body: isJson
      ? (JSON.parse(JSON.stringify(body)) as JsonObject)
      : new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
  };
}

/** An answer as it is sent. */
export function encodeAnswer(answer: MockAnswer): {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
} {
  const given = Object.entries(answer.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const headers: Record<string, string> = Object.fromEntries(given);
  const { body } = answer;
  if (body instanceof Uint8Array) return { status: answer.status ?? 200, headers, body };
  if (body === undefined) return { status: answer.status ?? 200, headers, body: new Uint8Array() };
  const isText = typeof body === 'string' && headers['content-type']?.includes('json') !== true;
  headers['content-type'] ??= isText ? 'text/plain; charset=utf-8' : 'application/json';
  return { status: answer.status ?? 200, headers, body: new TextEncoder().encode(isText ? body : JSON.stringify(body)) };
}

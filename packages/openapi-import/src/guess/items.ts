import type { JsonObject, JsonValue } from '@millwright/core';
import { flatten, toJsonSchema, type Description, type Operation } from '@millwright/openapi';
import { wordsOf } from '../words.ts';
import { propertiesOf, typeOf } from './schema-paths.ts';

/** What an operation answers when it succeeds. */
export interface GoodAnswer {
  /** Stands alone. */
  readonly schema: JsonObject;
  readonly mediaType: string;
  readonly example: JsonValue | undefined;
  /** Lower-case names of its headers. */
  readonly headers: readonly string[];
}

/** The list in an answer. */
export interface FoundItems {
  /** `body`, `body.data`. */
  readonly path: string;
  readonly item: JsonValue;
}

const LIST_NAMES = new Set([
  'data',
  'items',
  'results',
  'result',
  'values',
  'value',
  'records',
  'entries',
  'list',
  'objects',
  'elements',
  'content',
  'rows',
  'resources',
  'members',
  'files',
  'events',
]);
const PATH_NAME = /^[\w$-]+$/;
const MAX_SCHEMAS = 1500;

/** The answer of the lowest good status that has a body in JSON; null where there is none. */
export function goodAnswer(description: Description, operation: Operation): GoodAnswer | null {
  const good = operation.answers
    .filter(({ status }) => /^2|^default$/.test(status))
    .toSorted((left, right) => left.status.localeCompare(right.status));
  for (const answer of good) {
    const [mediaType, media] = Object.entries(answer.content).find(([type]) => type.includes('json') || type === '*/*') ?? [];
    if (mediaType === undefined || media === undefined) continue;
    const schema = toJsonSchema(description, media.schema, { purpose: 'answer', maxSchemas: MAX_SCHEMAS });
    return { schema, mediaType, example: media.example, headers: Object.keys(answer.headers) };
  }
  return null;
}

function itemOf(root: JsonObject, list: JsonValue): JsonValue {
  return flatten(root, list)['items'] ?? {};
}

/** The list in an answer: the answer itself, or the field that must be it. */
export function findItems({ schema }: GoodAnswer, operation: Operation): FoundItems | null {
  if (typeOf(schema, schema) === 'array') return { path: 'body', item: itemOf(schema, schema) };
  const lists = Object.entries(propertiesOf(schema, schema)).filter(
    ([name, inner]) => PATH_NAME.test(name) && typeOf(schema, inner) === 'array',
  );
  const thing =
    wordsOf(
      operation.path
        .split('/')
        .filter((part) => part !== '' && !part.startsWith('{'))
        .at(-1) ?? '',
    ).at(-1) ?? '';
  const best =
    lists.find(([name]) => name.toLowerCase() === thing) ??
    lists.find(([name]) => LIST_NAMES.has(name.toLowerCase())) ??
    lists.find(([name]) => wordsOf(name).at(-1) === thing) ??
    (lists.length === 1 ? lists[0] : undefined);
  if (best === undefined) return null;
  return { path: `body.${best[0]}`, item: itemOf(schema, best[1]) };
}

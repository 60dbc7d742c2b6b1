import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import type { PageSpec } from '@millwright/node-sdk';
import { asText, fits, flatten, sampleOf } from '@millwright/openapi';
import { toFormSchema } from '../form/form-schema.ts';
import { zodOf } from '../form/zod-of.ts';
import type { GoodAnswer } from './items.ts';
import { propertiesOf, typeOf } from './schema-paths.ts';

/** Characters of a sample as JSON: what is larger is made again from required fields only. */
const MAX_SAMPLE = 2500;

function atPath(value: JsonValue | undefined, path: string): JsonValue | undefined {
  return path
    .split('.')
    .slice(1)
    .reduce<JsonValue | undefined>((inner, step) => (isJsonObject(inner) ? inner[step] : undefined), value);
}

/** The schema of one item, standing alone. */
function itemSchema({ schema }: GoodAnswer, pages: PageSpec): JsonObject {
  const list = pages.items
    .split('.')
    .slice(1)
    .reduce<JsonValue>((inner, step) => propertiesOf(schema, inner)[step] ?? {}, schema);
  const item = flatten(schema, list)['items'] ?? {};
  return { ...(isJsonObject(item) ? item : {}), $defs: schema['$defs'] ?? {} };
}

function exampleOf({ example }: GoodAnswer, pages: PageSpec | undefined): JsonValue | undefined {
  if (pages === undefined || example === undefined) return example;
  const list = atPath(example, pages.items);
  return Array.isArray(list) ? (list as readonly JsonValue[])[0] : undefined;
}

function sampled(schema: JsonObject, example: JsonValue | undefined): JsonValue {
  const isSmall = (value: JsonValue): boolean => JSON.stringify(value).length <= MAX_SAMPLE;
  if (example !== undefined && isSmall(example) && fits(schema, example)) return example;
  const full = sampleOf(schema, { fields: 'all' });
  if (isSmall(full)) return full;
  const least = sampleOf(schema);
  return isSmall(least) ? least : {};
}

/** Only what every answer has, and only plain values: descriptions promise more than services keep. */
function promised(schema: JsonObject): JsonObject {
  const flat = flatten(schema, schema);
  const required = (Array.isArray(flat['required']) ? (flat['required'] as readonly JsonValue[]) : []).map(String);
  const plain = Object.entries(propertiesOf(schema, schema)).flatMap(([name, inner]): readonly (readonly [string, JsonObject])[] => {
    const { type } = toFormSchema(schema, inner);
    return required.includes(name) && ['string', 'integer', 'number', 'boolean'].includes(asText(type))
      ? [[name, { type: type ?? 'string' }]]
      : [];
  });
  if (plain.length === 0) return { type: 'object', additionalProperties: {} };
  return { type: 'object', properties: Object.fromEntries(plain), required: plain.map(([name]) => name), additionalProperties: {} };
}

/** What comes out of an action: its schema in the words of forms, and one sample that fits. */
export function guessOutput(
  answer: GoodAnswer | null,
  pages: PageSpec | undefined,
): { readonly schema: JsonObject; readonly sample: JsonValue } {
  if (answer === null) return { schema: {}, sample: null };
  const schema = pages === undefined ? answer.schema : itemSchema(answer, pages);
  const sample = sampled(schema, exampleOf(answer, pages));
  const output = typeOf(schema, schema) === 'object' ? promised(schema) : {};
  return { schema: zodOf(output).safeParse(sample).success ? output : {}, sample };
}

import { canonicalJson, isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import type { ImportedAction, ImportedConnector } from '../imported.ts';

/** What of an action a run depends on, by part. Texts for people, samples and dropdowns are none of it. */
export const BEHAVIOUR_PARTS = ['address', 'request', 'input', 'signIn', 'pages', 'answer', 'repeats', 'failures'] as const;
export type BehaviourPart = (typeof BEHAVIOUR_PARTS)[number];

/** Each part as text: equal texts run the same. */
export type Behaviour = Readonly<Record<BehaviourPart, string>>;

/** Of a schema, what only people read. */
const WORDS = new Set(['title', 'description', 'field']);

function eachWithout(schemas: JsonValue): JsonValue {
  if (!isJsonObject(schemas)) return schemas;
  return Object.fromEntries(Object.entries(schemas).map(([name, inner]) => [name, schemaWithoutWords(inner)]));
}

/** A schema in the words of forms without titles, descriptions and hints. */
export function schemaWithoutWords(schema: JsonValue): JsonValue {
  if (!isJsonObject(schema)) return schema;
  const kept = Object.entries(schema).filter(([name]) => !WORDS.has(name));
  return Object.fromEntries(
    kept.map(([name, inner]): [string, JsonValue] => {
      if (name === 'properties') return [name, eachWithout(inner)];
      if (name === 'items' || name === 'additionalProperties') return [name, schemaWithoutWords(inner)];
      if (name === 'anyOf' && Array.isArray(inner)) return [name, (inner as readonly JsonValue[]).map(schemaWithoutWords)];
      return [name, inner];
    }),
  );
}

function text(value: unknown): string {
  // What is undefined, JSON leaves out.
  return canonicalJson(JSON.parse(JSON.stringify(value ?? null)) as JsonValue);
}

/** Ways to sign in that an action works with, by name. */
function signInOf({ auth }: ImportedConnector, action: ImportedAction): JsonObject {
  const names = action.auth ?? Object.keys(auth);
  return Object.fromEntries(names.map((name) => [name, (auth[name] ?? null) as unknown as JsonValue]));
}

/** What an action does, within the connector that it belongs to. */
export function behaviourOf(connector: ImportedConnector, action: ImportedAction): Behaviour {
  const { query, headers, body, as, ...methodAndPath } = action.request;
  return {
    address: text([connector.baseUrl, methodAndPath]),
    request: text([query, headers, body, as]),
    input: text(schemaWithoutWords(action.input)),
    signIn: text(signInOf(connector, action)),
    pages: text(action.pages),
    answer: text(schemaWithoutWords(action.output.schema)),
    repeats: text(action.effect),
    failures: text(connector.errors),
  };
}

/** Parts in which two differ. */
export function differingParts(one: Behaviour, other: Behaviour): readonly BehaviourPart[] {
  return BEHAVIOUR_PARTS.filter((part) => one[part] !== other[part]);
}

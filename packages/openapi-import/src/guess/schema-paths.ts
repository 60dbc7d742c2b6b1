import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { alternatives, flatten } from '@millwright/openapi';

/** The fields of a schema over all its alternatives; a field that differs between them is any of what they say. */
export function propertiesOf(root: JsonObject, schema: JsonValue): Readonly<Record<string, JsonValue>> {
  const found = new Map<string, Map<string, JsonValue>>();
  for (const one of alternatives(root, flatten(root, schema))) {
    for (const [name, inner] of Object.entries(isJsonObject(one['properties']) ? one['properties'] : {}))
      found.set(name, (found.get(name) ?? new Map<string, JsonValue>()).set(JSON.stringify(inner), inner));
  }
  const merged = [...found].map(([name, schemas]): readonly [string, JsonValue] => {
    const [only = true, ...others] = schemas.values();
    return [name, others.length === 0 ? only : { anyOf: [only, ...others] }];
  });
  return Object.fromEntries(merged);
}

/** The type of a schema, `null` left out; undefined where it is not said or there are several. */
export function typeOf(root: JsonObject, schema: JsonValue): string | undefined {
  const types = alternatives(root, flatten(root, schema)).flatMap((one) => {
    const { type } = one;
    if (Array.isArray(type)) return (type as readonly JsonValue[]).map(String);
    if (typeof type === 'string') return [type];
    return isJsonObject(one['properties']) ? ['object'] : one['items'] === undefined ? ['any'] : ['array'];
  });
  const unique = [...new Set(types.filter((type) => type !== 'null'))];
  return unique.length === 1 && unique[0] !== 'any' ? unique[0] : undefined;
}

/** A field somewhere in a schema. */
export interface FoundField {
  /** `data.next`, below the start. */
  readonly path: readonly string[];
  readonly name: string;
  readonly schema: JsonValue;
}

const MAX_FIELDS = 2000;

/** The fields of a schema level by level, at most so deep. */
export function fieldsWithin(root: JsonObject, schema: JsonValue, depth: number): readonly FoundField[] {
  const found: FoundField[] = [];
  let level: readonly FoundField[] = [{ path: [], name: '', schema }];
  for (let at = 0; at < depth && found.length < MAX_FIELDS; at++) {
    level = level.flatMap((field) =>
      Object.entries(propertiesOf(root, field.schema)).map(([name, inner]) => ({ path: [...field.path, name], name, schema: inner })),
    );
    found.push(...level);
  }
  return found.slice(0, MAX_FIELDS);
}

import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { listField, objectField, type Description } from '../description.ts';
import { follow } from '../references.ts';

/** `fields`: an object whose fields are listed. `open`: anything may be in it. `none`: no object at all. */
export type Openness = 'fields' | 'open' | 'none';

function ofChoices(description: Description, schema: JsonObject, seen: ReadonlySet<string>): Openness | null {
  const choices = [...listField(schema, 'anyOf'), ...listField(schema, 'oneOf')];
  if (choices.length === 0) return null;
  const each = choices.map((choice) => describesFields(description, choice, seen));
  if (each.includes('open')) return 'open';
  return each.includes('fields') ? 'fields' : 'none';
}

function isNoObject(schema: JsonObject): boolean {
  const { type } = schema;
  if (type === undefined) return schema['enum'] !== undefined || schema['items'] !== undefined;
  return Array.isArray(type) ? !type.includes('object') : type !== 'object';
}

/**
 * Whether the fields of an object are listed, so that others can be refused.
 * A base type that is told apart by a field has heirs with fields of their own: it is open.
 */
export function describesFields(description: Description, value: JsonValue, seen: ReadonlySet<string> = new Set()): Openness {
  const followed = follow(description, value);
  if (followed.pointer !== null && seen.has(followed.pointer)) return 'none';
  const inner = followed.pointer === null ? seen : new Set([...seen, followed.pointer]);
  const schema = followed.value;
  if (!isJsonObject(schema)) return schema === false ? 'none' : 'open';
  const choices = ofChoices(description, schema, inner);
  if (schema['discriminator'] !== undefined && choices === null) return 'open';
  const { additionalProperties } = schema;
  if (additionalProperties !== undefined && additionalProperties !== false) return 'open';
  if (Object.keys(objectField(schema, 'properties')).length > 0 || additionalProperties === false) return 'fields';
  const parts = listField(schema, 'allOf').map((part) => describesFields(description, part, inner));
  if (parts.includes('fields')) return 'fields';
  if (choices !== null) return choices;
  if (parts.length > 0 && !parts.includes('open')) return 'none';
  return isNoObject(schema) ? 'none' : 'open';
}

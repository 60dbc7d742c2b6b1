import type { JsonValue } from '@millwright/core';
import type { BodyCodec } from '@millwright/node-sdk';
import { makeField, type FieldSource, type InputField } from '../form/input-field.ts';

/** A request and its form while they are put together. */
export class RequestDraft {
  readonly fields: InputField[] = [];
  readonly query: Record<string, JsonValue> = {};
  readonly headers: Record<string, string> = {};
  readonly cookies: string[] = [];
  body: JsonValue | undefined = undefined;
  as: BodyCodec | undefined = undefined;
  /** Whether the body carries the key of a write. */
  hasKeyField = false;
  readonly notes: string[] = [];

  /** Adds a field. @returns its template */
  add(source: FieldSource): string {
    const field = makeField(source, new Set(this.fields.map(({ name }) => name)));
    this.fields.push(field);
    return `{{${field.name}}}`;
  }
}

/** A template of a path below a field: `{{filter}}`, `from` → `{{filter.from}}`. */
export function below(template: string, name: string): string {
  return template.replace('}}', `.${name}}}`);
}

/** Whether templates can read a field of this name. */
export function isReadable(name: string): boolean {
  return /^[\w$-]+$/.test(name);
}

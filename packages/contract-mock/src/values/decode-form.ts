import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import type { FieldEncoding } from '@millwright/openapi';
import { fieldSchema, itemSchema, shapeOf } from './shape.ts';

/** A form while it is read: by name, without a prototype; lists have numbers as names. */
type Tree = { [name: string]: Tree | string };

const MAX_DEPTH = 32;

function newTree(): Tree {
  return Object.create(null) as Tree;
}

/** `a[b][0]` → `a`, `b`, `0`. */
export function nameSteps(name: string): readonly string[] {
  const first = /^[^[\]]+/.exec(name)?.[0];
  if (first === undefined) return [name];
  const rest = name.slice(first.length);
  if (!/^(\[[^[\]]*\])+$/.test(rest)) return [name];
  return [first, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map((match) => match[1] ?? '')];
}

/** `a[]`: the next place; `a[][b]`: the last item as long as it has no `b`. */
function placeOf(tree: Tree, step: string, next: string | undefined): string {
  if (step !== '') return step;
  const count = Object.keys(tree).length;
  const last = tree[String(count - 1)];
  const isRoom = next !== undefined && next !== '' && typeof last === 'object' && !(next in last);
  return String(isRoom ? count - 1 : count);
}

function put(tree: Tree, steps: readonly string[], value: string): void {
  const [step = '', next] = steps;
  const place = placeOf(tree, step, next);
  if (next === undefined) {
    const known = tree[place];
    if (known === undefined) tree[place] = value;
    else
      tree[place] =
        typeof known === 'string'
          ? Object.assign(newTree(), { 0: known, 1: value })
          : Object.assign(known, { [Object.keys(known).length]: value });
    return;
  }
  const inner = tree[place];
  const branch = typeof inner === 'object' ? inner : newTree();
  tree[place] = branch;
  put(branch, steps.slice(1), value);
}

function toValue(tree: Tree | string): JsonValue {
  if (typeof tree === 'string') return tree;
  const names = Object.keys(tree);
  const isList = names.length > 0 && names.every((name, index) => name === String(index));
  return isList
    ? names.map((name) => toValue(tree[name] ?? ''))
    : Object.fromEntries(names.map((name) => [name, toValue(tree[name] ?? '')]));
}

/** Names with brackets as an object: `a[b]=1&c[]=2&c[]=3` → `{ a: { b: '1' }, c: ['2', '3'] }`. A name twice makes a list. */
export function nestForm(pairs: Iterable<readonly [string, string]>): JsonObject {
  const tree = newTree();
  for (const [name, value] of pairs) {
    const steps = nameSteps(name);
    put(tree, steps.length > MAX_DEPTH ? [name] : steps, value);
  }
  const value = toValue(tree);
  return isJsonObject(value) ? value : Object.fromEntries((value as readonly JsonValue[]).map((one, index) => [String(index), one]));
}

/** A value of a form, and how its field is written. */
interface FormValue {
  readonly value: JsonValue;
  readonly encoding?: FieldEncoding | undefined;
}

/** The fields of a form, and how each is written. */
interface FormFields {
  readonly value: JsonObject;
  readonly encodings?: Readonly<Record<string, FieldEncoding>>;
}

function parsed(text: string): JsonValue | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function toList(value: JsonValue, encoding: FieldEncoding | undefined): JsonValue {
  if (Array.isArray(value)) return value;
  if (isJsonObject(value)) return Object.values(value);
  const isSplit = encoding?.explode === false && typeof value === 'string';
  return isSplit ? value.split(',') : [value];
}

/**
 * A value of a form as its schema means it: one value where a list is wanted becomes a list, JSON in a text becomes what it says.
 * Numbers and booleans stay text; the judge reads them.
 */
export function shapeForm(root: JsonObject, schema: JsonValue, { value, encoding }: FormValue): JsonValue {
  const shape = shapeOf(root, schema);
  const isText = typeof value === 'string';
  if (isText && (encoding?.contentType?.includes('json') === true || (!shape.scalar && (shape.object || shape.list)))) {
    const inner = parsed(value);
    if (inner !== undefined) return inner;
  }
  if (shape.list && !shape.object && !(shape.scalar && isText)) {
    const list = toList(value, encoding);
    return Array.isArray(list)
      ? (list as readonly JsonValue[]).map((item) => shapeForm(root, itemSchema(root, schema), { value: item }))
      : list;
  }
  if (!isJsonObject(value))
    return Array.isArray(value)
      ? (value as readonly JsonValue[]).map((item) => shapeForm(root, itemSchema(root, schema), { value: item }))
      : value;
  return shapeFields(root, schema, { value });
}

/** The same for each field of an object. */
export function shapeFields(root: JsonObject, schema: JsonValue, { value, encodings = {} }: FormFields): JsonObject {
  const fields = Object.entries(value).map(([name, inner]): readonly [string, JsonValue] => {
    const own = fieldSchema(root, schema, name);
    return [name, own === undefined ? inner : shapeForm(root, own, { value: inner, encoding: encodings[name] })];
  });
  return Object.fromEntries(fields);
}

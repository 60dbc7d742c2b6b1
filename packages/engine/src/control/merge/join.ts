import { canonicalJson, isJsonObject, UserError, type JsonObject, type JsonValue } from '@millwright/core';
import { PAUSE_EVERY, refuseTooMany } from './bounds.ts';
import type { Input, Row } from './rows.ts';

/** Which rows stay. */
export type Join = 'inner' | 'left' | 'right' | 'full' | 'anti';

interface KeyPair {
  readonly left: string;
  readonly right: string;
}

/**
 * The pairs of fields that must be equal.
 * @throws UserError `parameter_invalid` when there is none
 */
export function keyPairs(parameters: JsonObject): readonly KeyPair[] {
  const listed = parameters['keys'];
  const pairs = (Array.isArray(listed) ? listed : []).filter(isJsonObject).map(({ left, right }) => ({ left, right }));
  const good = pairs.filter((pair): pair is KeyPair => typeof pair.left === 'string' && typeof pair.right === 'string');
  if (good.length > 0 && good.length === pairs.length) return good;
  throw new UserError('invalid', {
    code: 'parameter_invalid',
    message: 'merging by matching fields needs at least one pair of fields',
    hint: 'Name the field of each input that must be equal.',
    details: { field: 'keys' },
  });
}

/** Joins the first input with the second, the result with the third, and so on. A missing or empty key matches nothing. */
export function* joinRows(inputs: readonly Input[], pairs: readonly KeyPair[], join: Join): Generator<undefined, readonly Row[], void> {
  let rows: readonly Row[] = (inputs[0]?.items ?? []).map((_, position) => [position]);
  for (let index = 1; index < inputs.length; index++) rows = yield* joinNext({ inputs, index, rows }, pairs, join);
  return rows;
}

interface Progress {
  readonly inputs: readonly Input[];
  /** The input that is joined to the rows so far. */
  readonly index: number;
  readonly rows: readonly Row[];
}

function* joinNext({ inputs, index, rows }: Progress, pairs: readonly KeyPair[], join: Join): Generator<undefined, readonly Row[], void> {
  const right = inputs[index]?.items ?? [];
  const byKey = new Map<string, number[]>();
  for (const [position, item] of right.entries()) {
    const key = keyOf(pairs.map((pair) => fieldAt(item.json, pair.right)));
    const known = key === undefined ? undefined : byKey.get(key);
    if (known !== undefined) known.push(position);
    else if (key !== undefined) byKey.set(key, [position]);
    if (position % PAUSE_EVERY === 0) yield undefined;
  }
  const matched = new Set<number>();
  const found: Row[] = [];
  for (const [number, row] of rows.entries()) {
    const key = keyOf(pairs.map((pair) => leftField({ inputs, row, path: pair.left })));
    const matches = key === undefined ? [] : (byKey.get(key) ?? []);
    for (const position of matches) matched.add(position);
    if (join === 'anti' ? matches.length === 0 : matches.length === 0 && (join === 'left' || join === 'full')) found.push(row);
    if (join !== 'anti') for (const position of matches) found.push(withPosition(row, index, position));
    refuseTooMany(found.length, inputs);
    if (number % PAUSE_EVERY === 0) yield undefined;
  }
  if (join === 'right' || join === 'full')
    for (const position of right.keys()) if (!matched.has(position)) found.push(withPosition([], index, position));
  return found;
}

function withPosition(row: Row, index: number, position: number): Row {
  return Array.from({ length: index + 1 }, (_, one) => (one === index ? position : row[one]));
}

/** The field of the first input in the row that has it. */
function leftField({
  inputs,
  row,
  path,
}: {
  readonly inputs: readonly Input[];
  readonly row: Row;
  readonly path: string;
}): JsonValue | undefined {
  for (const [index, position] of row.entries()) {
    const item = position === undefined ? undefined : inputs[index]?.items[position];
    const value = item === undefined ? undefined : fieldAt(item.json, path);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Equal keys are equal values; a number and a text that says it are the same, as in conditions. */
function keyOf(values: readonly (JsonValue | undefined)[]): string | undefined {
  const texts = values.map((value) =>
    typeof value === 'string' ? value : value === null || value === undefined ? '' : canonicalJson(value),
  );
  return texts.includes('') ? undefined : JSON.stringify(texts);
}

/** A field by its name, or by names with dots between them. */
function fieldAt(json: JsonValue, path: string): JsonValue | undefined {
  if (isJsonObject(json) && Object.hasOwn(json, path)) return json[path];
  let value: JsonValue | undefined = json;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as JsonObject)[name];
  }
  return value;
}

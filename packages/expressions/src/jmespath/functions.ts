import { typeError } from '../errors.ts';
import { toJson } from '../result.ts';
import type { Run } from '../runtime/run.ts';
import { joinTexts } from '../runtime/text.ts';
import { describeKind, isList, isPlain, kindOf, put, type Value } from '../runtime/value.ts';
import { Reference } from './reference.ts';

/** The arguments of one function, read by type. */
class Given {
  readonly name: string;
  readonly values: readonly Value[];

  constructor(name: string, values: readonly Value[]) {
    this.name = name;
    this.values = values;
  }

  list(index: number): readonly Value[] {
    const value = this.values[index];
    if (isList(value)) return value;
    throw this.#wrong(index, 'a list');
  }

  numbers(index: number): readonly number[] {
    return this.list(index).map((one) => {
      if (typeof one === 'number') return one;
      throw this.#wrong(index, 'a list of numbers');
    });
  }

  number(index: number): number {
    const value = this.values[index];
    if (typeof value === 'number') return value;
    throw this.#wrong(index, 'a number');
  }

  text(index: number): string {
    const value = this.values[index];
    if (typeof value === 'string') return value;
    throw this.#wrong(index, 'a text');
  }

  object(index: number): Readonly<Record<string, Value>> {
    const value = this.values[index];
    if (isPlain(value)) return value;
    throw this.#wrong(index, 'an object');
  }

  query(index: number): (value: Value) => Value {
    const value = this.values[index];
    if (value instanceof Reference) return value.apply;
    throw this.#wrong(index, 'a query such as `&name`');
  }

  #wrong(index: number, wanted: string): Error {
    const value = this.values[index];
    const got = value === undefined ? 'nothing' : value instanceof Reference ? 'a query' : describeKind(value);
    return typeError(
      `JMESPath ${this.name}: argument ${index + 1} is ${got}`,
      `JMESPath's \`${this.name}\` takes ${wanted} as argument ${index + 1}, and got ${got}.`,
    );
  }
}

type Perform = (given: Given, run: Run) => Value;

const functions: ReadonlyMap<string, Perform> = new Map<string, Perform>([
  ['abs', (given) => Math.abs(given.number(0))],
  ['avg', (given) => (given.list(0).length === 0 ? null : sum(given.numbers(0)) / given.list(0).length)],
  ['ceil', (given) => Math.ceil(given.number(0))],
  [
    'contains',
    (given) => (typeof given.values[0] === 'string' ? given.text(0).includes(given.text(1)) : given.list(0).includes(given.values[1])),
  ],
  ['ends_with', (given) => given.text(0).endsWith(given.text(1))],
  ['floor', (given) => Math.floor(given.number(0))],
  ['join', (given, run) => joinTexts(given.list(1), given.text(0), run)],
  ['keys', (given) => Object.keys(given.object(0))],
  ['length', (given) => lengthOf(given)],
  ['map', (given) => given.list(1).map(given.query(0))],
  ['max', (given) => extreme(given.list(0), 1)],
  ['max_by', (given) => extremeBy(given, 1)],
  ['merge', (given) => merge(given)],
  ['min', (given) => extreme(given.list(0), -1)],
  ['min_by', (given) => extremeBy(given, -1)],
  ['not_null', (given) => given.values.find((one) => one !== null && one !== undefined) ?? null],
  [
    'reverse',
    (given) => (typeof given.values[0] === 'string' ? Array.from(given.text(0)).toReversed().join('') : given.list(0).toReversed()),
  ],
  ['sort', (given) => given.list(0).toSorted(compare)],
  ['sort_by', (given) => sortBy(given)],
  ['starts_with', (given) => given.text(0).startsWith(given.text(1))],
  ['sum', (given) => sum(given.numbers(0))],
  ['to_array', (given) => (isList(given.values[0]) ? given.values[0] : [given.values[0]])],
  ['to_number', (given) => toNumber(given.values[0])],
  [
    'to_string',
    (given, run) => (typeof given.values[0] === 'string' ? given.values[0] : run.text(JSON.stringify(toJson(given.values[0], run)))),
  ],
  ['type', (given) => typeName(given.values[0])],
  ['values', (given) => Object.values(given.object(0))],
]);

/**
 * Calls one of JMESPath's functions.
 * @throws ExpressionError `expression_type` for one that does not exist, or arguments of the wrong type
 */
export function callFunction(name: string, args: readonly Value[], run: Run): Value {
  const perform = functions.get(name);
  if (perform === undefined)
    throw typeError(`JMESPath: no function ${name.slice(0, 40)}`, `JMESPath has the functions ${[...functions.keys()].join(', ')}.`);
  for (const one of args) run.spend(isList(one) ? one.length * 2 : typeof one === 'string' ? one.length >> 5 : 1);
  return perform(new Given(name, args), run);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function lengthOf(given: Given): number {
  const [value] = given.values;
  if (typeof value === 'string') return Array.from(value).length;
  return isPlain(value) ? Object.keys(value).length : given.list(0).length;
}

function compare(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : Number(left > right);
  throw typeError('JMESPath: order of different types', 'Only numbers, or only texts, can be put in order.');
}

function extreme(list: readonly Value[], sign: 1 | -1): Value {
  return list.reduce<Value>((best, one) => (best === null || compare(one, best) * sign > 0 ? one : best), null);
}

function extremeBy(given: Given, sign: 1 | -1): Value {
  const read = given.query(1);
  return given.list(0).reduce<Value>((best, one) => (best === null || compare(read(one), read(best)) * sign > 0 ? one : best), null);
}

function sortBy(given: Given): Value {
  const read = given.query(1);
  const keyed = given.list(0).map((one) => ({ one, key: read(one) }));
  return keyed.toSorted((left, right) => compare(left.key, right.key)).map(({ one }) => one);
}

function merge(given: Given): Value {
  const into: Record<string, Value> = {};
  for (const [index] of given.values.entries()) for (const [key, value] of Object.entries(given.object(index))) put(into, key, value);
  return into;
}

function toNumber(value: Value): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : null;
}

function typeName(value: Value): string {
  const kind = kindOf(value);
  if (kind === 'text') return 'string';
  if (kind === 'list') return 'array';
  return kind === 'nothing' ? 'null' : kind;
}

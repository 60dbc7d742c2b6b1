import { canonicalJson, type JsonValue } from '@millwright/core';

type Compare = (left: JsonValue, right: JsonValue) => boolean;

/** Conditions by name. Numbers and numeric texts compare as numbers, other values as text. */
export const operators = {
  equals: (left, right) => isSame(left, right),
  notEquals: (left, right) => !isSame(left, right),
  contains: (left, right) => contains(left, right),
  notContains: (left, right) => !contains(left, right),
  startsWith: (left, right) => textOf(left).startsWith(textOf(right)),
  endsWith: (left, right) => textOf(left).endsWith(textOf(right)),
  greater: (left, right) => order(left, right) > 0,
  greaterOrEqual: (left, right) => order(left, right) >= 0,
  less: (left, right) => order(left, right) < 0,
  lessOrEqual: (left, right) => order(left, right) <= 0,
  isEmpty: (left) => isEmpty(left),
  isNotEmpty: (left) => !isEmpty(left),
  isTrue: (left) => left === true || left === 'true',
  isFalse: (left) => left === false || left === 'false',
} as const satisfies Record<string, Compare>;

/** What `operators` knows, in the order of the form. */
export const OPERATOR_NAMES = Object.keys(operators) as readonly (keyof typeof operators)[];

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : value === null ? '' : canonicalJson(value);
}

function numberOf(value: JsonValue): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** Equal values, or a number and a text that says it. `null` and an empty text differ. */
function isSame(left: JsonValue, right: JsonValue): boolean {
  if (left === null || right === null) return left === right;
  if (typeof left === typeof right) return canonicalJson(left) === canonicalJson(right);
  if (typeof left === 'number' || typeof right === 'number') return numberOf(left) !== undefined && numberOf(left) === numberOf(right);
  return textOf(left) === textOf(right);
}

function contains(left: JsonValue, right: JsonValue): boolean {
  if (Array.isArray(left)) return left.some((one: JsonValue) => isSame(one, right));
  if (typeof left === 'object' && left !== null) return Object.hasOwn(left, textOf(right));
  return textOf(left).includes(textOf(right));
}

/** Below, equal or above; NaN, which no comparison satisfies, when a side is missing. */
function order(left: JsonValue, right: JsonValue): number {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) return a - b;
  if (left === null || right === null) return Number.NaN;
  const [first, second] = [textOf(left), textOf(right)];
  return first < second ? -1 : first > second ? 1 : 0;
}

function isEmpty(value: JsonValue): boolean {
  if (value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

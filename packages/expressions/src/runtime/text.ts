import { DateTime, Duration } from 'luxon';
import { typeError } from '../errors.ts';
import { toJson } from '../result.ts';
import { Pattern } from './pattern.ts';
import type { Run } from './run.ts';
import { describeKind, isList, Lambda, type Value, View } from './value.ts';

/**
 * A value as text inside an expression, as JavaScript would, but objects as JSON. No method of the value is ever called.
 * @throws ExpressionError `expression_type` for a function
 */
export function toText(value: Value, run: Run): string {
  if (typeof value === 'string') return value;
  if (value instanceof Lambda || value instanceof View)
    throw typeError(`${describeKind(value)} is not text`, 'A function has no text. Call it, or name a field.');
  if (value instanceof DateTime) return value.toISO() ?? '';
  if (value instanceof Duration) return value.toISO() ?? '';
  if (value instanceof Pattern) return `/${value.source}/${value.flags}`;
  if (isList(value)) return joinTexts(value, ',', run);
  if (typeof value === 'object' && value !== null) return run.text(JSON.stringify(toJson(value, run)));
  return String(value);
}

/** The texts of a list with something between; null and undefined are empty, as in JavaScript. */
export function joinTexts(list: readonly Value[], between: string, run: Run): string {
  run.spend(list.length);
  run.enter(1);
  const parts: string[] = [];
  let length = 0;
  for (const value of list) {
    const text = value === null || value === undefined ? '' : toText(value, run);
    length += text.length + between.length;
    if (length > run.limits.textLength) run.chargeText(length);
    parts.push(text);
  }
  run.leave(1);
  return run.text(parts.join(between));
}

/**
 * A value as a number for arithmetic, as JavaScript would.
 * @throws ExpressionError `expression_type` for lists, objects and functions
 */
export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (value instanceof DateTime || value instanceof Duration) return value.valueOf();
  if ((typeof value === 'object' && value !== null) || typeof value === 'function') {
    throw typeError(`${describeKind(value)} is not a number`, `Arithmetic needs numbers, and this is ${describeKind(value)}.`);
  }
  return Number(value);
}

/** Whether two values are the same: dates by their moment, lists and objects by identity. */
export function isSame(left: Value, right: Value): boolean {
  if (left instanceof DateTime && right instanceof DateTime) return left.toMillis() === right.toMillis();
  return left === right;
}

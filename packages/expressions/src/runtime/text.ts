import { typeError } from '../errors.ts';
import { toJson } from '../result.ts';
import { Pattern } from './pattern.ts';
import type { Run } from './run.ts';
import { dateOf, describeKind, isDuration, isList, Lambda, Members, Pairs, type Value, View } from './value.ts';

/**
 * A value as text inside an expression, as JavaScript would, but objects as JSON. No method of the value is ever called.
 * @throws ExpressionError `expression_type` for a function
 */
export function toText(value: Value, run: Run): string {
  if (typeof value === 'string') return value;
  if (value instanceof Lambda || value instanceof View)
    throw typeError(`${describeKind(value)} is not text`, 'A function has no text. Call it, or name a field.');
  const date = dateOf(value);
  if (date !== undefined) return date.toISO() ?? date.toString();
  if (isDuration(value)) return value.toISO() ?? '';
  if (value instanceof Pattern) return `/${value.source}/${value.flags}`;
  if (isList(value)) return joinTexts(value, ',', run);
  if (typeof value === 'object' && value !== null) return objectText(value, run);
  return String(value);
}

/** A value between texts: null and undefined are empty, lists and objects JSON, dates ISO. In the n8n profile lists and objects are as JavaScript writes them. */
export function toMixedText(value: Value, run: Run): string {
  if (typeof value === 'string') return value;
  if (run.isLoose && typeof value === 'object' && value !== null) return toText(value, run);
  const json = toJson(value, run);
  if (json === null) return '';
  return typeof json === 'object' ? run.text(JSON.stringify(json)) : String(json);
}

function objectText(value: object, run: Run): string {
  if (!run.isLoose) return run.text(JSON.stringify(toJson(value, run)));
  return value instanceof Members ? '[object Set]' : value instanceof Pairs ? '[object Map]' : '[object Object]';
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
  const date = dateOf(value);
  if (date !== undefined) return date.toMillis();
  if (isDuration(value)) return value.valueOf();
  if ((typeof value === 'object' && value !== null) || typeof value === 'function') {
    throw typeError(`${describeKind(value)} is not a number`, `Arithmetic needs numbers, and this is ${describeKind(value)}.`);
  }
  return Number(value);
}

/** A value as a number for arithmetic; in the n8n profile lists and objects become one through their text, as in JavaScript. */
export function numberOf(value: Value, run: Run): number {
  if (typeof value === 'number') return value;
  if (!run.isLoose || typeof value !== 'object' || value === null || dateOf(value) !== undefined || isDuration(value))
    return toNumber(value);
  return Number(toText(value, run));
}

/** Whether two values are the same: dates by their moment, lists and objects by identity. */
export function isSame(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object') return false;
  const moment = dateOf(left)?.toMillis();
  return moment !== undefined && moment === dateOf(right)?.toMillis();
}

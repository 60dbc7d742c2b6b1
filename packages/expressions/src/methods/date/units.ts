import { type DateTime, Duration, type DurationLikeObject } from 'luxon';
import { typeError } from '../../errors.ts';
import { dateOf, isPlain, put, type Value } from '../../runtime/value.ts';
import type { Args } from '../spec.ts';
import { durationPartNames } from './part-names.ts';

/** A unit of time as Luxon calls it in durations. */
export type DurationUnits = (typeof durationPartNames)[number];

const short: Readonly<Record<string, DurationUnits>> = {
  y: 'years',
  Q: 'quarters',
  M: 'months',
  w: 'weeks',
  d: 'days',
  h: 'hours',
  m: 'minutes',
  s: 'seconds',
  ms: 'milliseconds',
};

/**
 * A unit by any of its names: `day`, `days`, `d`.
 * @throws ExpressionError `expression_type` for anything else
 */
export function unitNamed(value: Value): DurationUnits {
  if (typeof value === 'string') {
    if (Object.hasOwn(short, value)) return short[value] ?? 'days';
    const plural = value.toLowerCase().replace(/s?$/u, 's');
    const found = durationPartNames.find((name) => name === plural);
    if (found !== undefined) return found;
  }
  throw typeError('no unit of time', `A unit of time is one of ${durationPartNames.join(', ')}.`);
}

/**
 * A date as an argument.
 * @throws ExpressionError `expression_type` for anything else
 */
export function otherDate(args: Args, index: number): DateTime {
  const date = dateOf(args.value(index));
  if (date !== undefined) return date;
  throw args.wrong(index, 'a date; text becomes one with `.toDateTime()`,');
}

/**
 * `(3, 'days')`, `({ days: 3 })`, or a duration.
 * @throws ExpressionError `expression_type` for anything else
 */
export function durationFrom(args: Args, index: number): Duration | DurationLikeObject {
  const value = args.value(index);
  if (value instanceof Duration) return value;
  const object: Record<string, Value> = {};
  if (isPlain(value)) for (const key of Object.keys(value)) put(object, unitNamed(key), finite(value[key]));
  else put(object, args.has(index + 1) ? unitNamed(args.value(index + 1)) : 'milliseconds', finite(args.number(index)));
  return object;
}

function finite(value: Value): number {
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw typeError('an amount of time that is no number', 'An amount of time is a number.');
}

import type { DateTime, DateTimeUnit, DurationLikeObject } from 'luxon';
import { typeError } from '../../errors.ts';
import { formatDate, valid, zoneNamed } from '../../runtime/dates.ts';
import { localeNamed } from '../../runtime/locales.ts';
import { fullTime, localeText, shortDate } from './locale-text.ts';
import type { Run } from '../../runtime/run.ts';
import { isPlain, type Value } from '../../runtime/value.ts';
import { type DurationUnits, durationFrom, otherDate, unitNamed } from './units.ts';
import type { Args, MethodTable } from '../spec.ts';

const isoSwitches = ['suppressMilliseconds', 'suppressSeconds', 'includeOffset'];

/** Options that are true or false, by name; others are not looked at. */
function switchesOf(args: Args, names: readonly string[]): Readonly<Record<string, boolean>> {
  const given = args.value(0);
  const entries = isPlain(given) ? names.map((name) => [name, Object.hasOwn(given, name) ? given[name] : undefined] as const) : [];
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, boolean] => typeof entry[1] === 'boolean'));
}

/** What a date can do (Luxon). Dates never change: each gives a new one. */
export const dateMethods: MethodTable<DateTime> = {
  plus: {
    signature: '(amount, unit) or ({ days: 1 })',
    doc: 'A later moment',
    example: "$now.plus(1, 'day')",
    perform: (self, args) => valid(self.plus(durationFrom(args, 0))),
  },
  minus: {
    signature: '(amount, unit) or ({ days: 1 })',
    doc: 'An earlier moment',
    example: "$now.minus(1, 'day')",
    perform: (self, args) => valid(self.minus(durationFrom(args, 0))),
  },
  set: {
    signature: '({ hour: 9 })',
    doc: 'With parts replaced',
    example: '$now.set({ hour: 9 })',
    perform: (self, args) => valid(self.set(dateParts(args))),
  },
  startOf: {
    signature: '(unit)',
    doc: 'Start of the day, week, month, ...',
    example: "$now.startOf('month')",
    perform: (self, args) => self.startOf(unit(args, 0)),
  },
  beginningOf: {
    signature: "(unit = 'week')",
    doc: 'Start of the day, week, month, ...',
    example: "$now.beginningOf('month')",
    perform: (self, args) => self.startOf(args.has(0) ? unit(args, 0) : 'week'),
  },
  endOf: {
    signature: '(unit)',
    doc: 'End of the day, week, month, ...',
    example: "$now.endOf('month')",
    perform: (self, args) => self.endOf(unit(args, 0)),
  },
  format: {
    signature: "(format = 'yyyy-MM-dd')",
    doc: 'As text in a format',
    example: "$now.format('dd.MM.yyyy')",
    perform: (self, args, run) => run.text(formatDate(self, args.text(0, 'yyyy-MM-dd'))),
  },
  toFormat: {
    signature: '(format)',
    doc: 'As text in a format',
    example: "$now.toFormat('HH:mm')",
    perform: (self, args, run) => run.text(formatDate(self, args.text(0))),
  },
  toISO: {
    signature: '({ suppressMilliseconds, suppressSeconds, includeOffset }?)',
    doc: 'As ISO text',
    example: '$now.toISO()',
    perform: (self, args) => self.toISO(switchesOf(args, isoSwitches)),
  },
  toISODate: { signature: '()', doc: 'As ISO text without time', example: '$now.toISODate()', perform: (self) => self.toISODate() },
  toISOTime: {
    signature: '()',
    doc: 'As ISO text without date',
    example: '$now.toISOTime()',
    perform: (self, args) => self.toISOTime(switchesOf(args, isoSwitches)),
  },
  toSQL: {
    signature: '({ includeOffset }?)',
    doc: 'As SQL text',
    example: '$now.toSQL()',
    perform: (self, args) => self.toSQL(switchesOf(args, ['includeOffset', 'includeZone'])),
  },
  toHTTP: { signature: '()', doc: 'As text for HTTP headers', example: '$now.toHTTP()', perform: (self) => self.toHTTP() },
  toRFC2822: { signature: '()', doc: 'As text for e-mail headers', example: '$now.toRFC2822()', perform: (self) => self.toRFC2822() },
  toMillis: { signature: '()', doc: 'Milliseconds since 1970', example: '$now.toMillis()', perform: (self) => self.toMillis() },
  toSeconds: { signature: '()', doc: 'Seconds since 1970', example: '$now.toSeconds()', perform: (self) => self.toSeconds() },
  toUnixInteger: {
    signature: '()',
    doc: 'Whole seconds since 1970',
    example: '$now.toUnixInteger()',
    perform: (self) => self.toUnixInteger(),
  },
  toObject: { signature: '()', doc: 'Its parts', example: '$now.toObject()', perform: (self) => self.toObject() },
  toRelative: {
    signature: '()',
    doc: 'As people say it, seen from now',
    example: "$now.plus(2, 'days').toRelative()",
    perform: (self, _args, run) => self.toRelative({ base: run.now() }),
  },
  toLocaleString: {
    signature: "(locale = 'en-US', options?)",
    doc: 'As people in a country write it',
    example: "$now.toLocaleString('de')",
    perform: (self: DateTime, args: Args, run: Run) => localeText(self, args, { run, form: { ...shortDate, ...fullTime } }),
  },
  toLocaleDateString: {
    signature: "(locale = 'en-US', options?)",
    doc: 'The date as people in a country write it',
    example: "$now.toLocaleDateString('de')",
    perform: (self, args, run) => localeText(self, args, { run, form: shortDate }),
  },
  toLocaleTimeString: {
    signature: "(locale = 'en-US', options?)",
    doc: 'The time as people in a country write it',
    example: "$now.toLocaleTimeString('de')",
    perform: (self, args, run) => localeText(self, args, { run, form: fullTime }),
  },
  setZone: {
    signature: '(zone)',
    doc: 'The same moment in another time zone',
    example: "$now.setZone('Europe/Berlin')",
    perform: (self, args, run) => self.setZone(zoneNamed(args.text(0), run)),
  },
  setLocale: {
    signature: '(locale)',
    doc: 'With names of months and days in a language',
    example: "$now.setLocale('de').monthLong",
    perform: (self, args) => self.setLocale(localeNamed(args.text(0))),
  },
  toUTC: { signature: '()', doc: 'The same moment in UTC', example: '$now.toUTC()', perform: (self) => self.toUTC() },
  toLocal: {
    signature: '()',
    doc: 'The same moment in the time zone of the workflow',
    example: '$now.toUTC().toLocal()',
    perform: (self, _args, run) => self.setZone(run.now().zone),
  },
  diff: {
    signature: "(other, unit = 'milliseconds')",
    doc: 'Time since another date, as a duration',
    example: "$now.diff($today, 'hours').hours",
    perform: (self, args) => self.diff(otherDate(args, 0), units(args, 1)),
  },
  diffTo: {
    signature: "(other, unit = 'days')",
    doc: 'Time until another date, as a number',
    example: "$now.diffTo($now.plus(3, 'days'), 'days')",
    perform: (self, args) =>
      otherDate(args, 0)
        .diff(self)
        .as(args.has(1) ? unitNamed(args.value(1)) : 'days'),
  },
  diffNow: {
    signature: "(unit = 'milliseconds')",
    doc: 'Time since now, as a duration',
    example: "$now.plus(1, 'day').diffNow('hours').hours",
    perform: (self, args, run) => self.diff(run.now(), units(args, 0)),
  },
  hasSame: {
    signature: '(other, unit)',
    doc: 'Whether both are in the same day, month, ...',
    example: "$now.hasSame($today, 'day')",
    perform: (self, args) => self.hasSame(otherDate(args, 0), unit(args, 1)),
  },
  equals: {
    signature: '(other)',
    doc: 'Whether both are the same moment',
    example: '$now.equals($now)',
    perform: (self, args) => self.toMillis() === otherDate(args, 0).toMillis(),
  },
  isWeekend: { signature: '()', doc: 'Whether it is Saturday or Sunday', example: '$now.isWeekend()', perform: (self) => self.weekday > 5 },
  isBetween: {
    signature: '(from, to)',
    doc: 'Whether it lies between two dates',
    example: "$now.isBetween($today, $now.plus(1, 'day'))",
    perform: (self, args) => self > otherDate(args, 0) && self < otherDate(args, 1),
  },
  toDateTime: { signature: '()', doc: 'The date itself', example: '$now.toDateTime()', perform: (self) => self },
  isEmpty: { signature: '()', doc: 'Always false', example: '$now.isEmpty()', perform: () => false },
  isNotEmpty: { signature: '()', doc: 'Always true', example: '$now.isNotEmpty()', perform: () => true },
};

function unit(args: Args, index: number): DateTimeUnit {
  const named = unitNamed(args.value(index));
  return named.slice(0, -1) as DateTimeUnit;
}

function units(args: Args, index: number): DurationUnits | DurationUnits[] {
  const value: Value = args.value(index);
  if (value === undefined) return 'milliseconds';
  return Array.isArray(value) ? value.slice(0, 9).map((one: Value) => unitNamed(one)) : unitNamed(value);
}

const parts = new Set(['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond', 'weekday', 'weekNumber', 'ordinal']);

function dateParts(args: Args): DurationLikeObject {
  const given = args.object(0);
  if (!isPlain(given)) throw args.wrong(0, 'an object');
  for (const key of Object.keys(given)) {
    if (!parts.has(key) || typeof given[key] !== 'number')
      throw typeError(`date part ${key}`, `A date has the parts ${[...parts].join(', ')}, each a number.`);
  }
  return { ...given };
}

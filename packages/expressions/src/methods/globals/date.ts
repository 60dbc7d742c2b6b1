import { DateTime, Duration, type DurationLikeObject, FixedOffsetZone, type Zone } from 'luxon';
import { typeError } from '../../errors.ts';
import { dateFromFormat, dateFromIso, dateFromMillis, dateFromText, valid, zoneNamed } from '../../runtime/dates.ts';
import { defaultLocale } from '../../runtime/locales.ts';
import type { Run } from '../../runtime/run.ts';
import { dateOf, isPlain, type Value } from '../../runtime/value.ts';
import { durationFrom, otherDate } from '../date/units.ts';
import type { Args, MethodTable } from '../spec.ts';

/** `DateTime` (Luxon): in the zone of the workflow unless `{ zone }` or the text says otherwise. */
export const dateTimeFunctions: MethodTable<undefined> = {
  now: { signature: '()', doc: 'Now', example: 'DateTime.now()', perform: (_self, _args, run) => run.now() },
  local: {
    signature: '(year?, month?, day?, ...)',
    doc: 'Now, or a date from parts',
    example: 'DateTime.local()',
    perform: (_self, args, run) => (args.values.length === 0 ? run.now() : fromParts(args, run.now().zone)),
  },
  utc: {
    signature: '(year?, month?, day?, ...)',
    doc: 'Now in UTC, or a date from parts in UTC',
    example: 'DateTime.utc()',
    perform: (_self, args, run) => (args.values.length === 0 ? run.now().toUTC() : fromParts(args, FixedOffsetZone.utcInstance)),
  },
  fromISO: {
    signature: '(text, { zone, setZone }?)',
    doc: 'A date from ISO text',
    example: "DateTime.fromISO('2026-11-21')",
    perform: (_self, args, run) => dateFromIso(args.text(0), { zone: zoneOption(args, 1, run), isKept: keepsZone(args.value(1)) }, run),
  },
  fromFormat: {
    signature: '(text, format, { zone }?)',
    doc: 'A date from text in a format',
    example: "DateTime.fromFormat('21.11.2026', 'dd.MM.yyyy')",
    perform: (_self, args, run) => dateFromFormat(args.text(0), { format: args.text(1), zone: zoneOption(args, 2, run) }, run),
  },
  fromMillis: {
    signature: '(number)',
    doc: 'A date from milliseconds since 1970',
    example: 'DateTime.fromMillis(0)',
    perform: (_self, args, run) => valid(dateFromMillis(args.number(0), run.scope.timezone)),
  },
  fromSeconds: {
    signature: '(number)',
    doc: 'A date from seconds since 1970',
    example: 'DateTime.fromSeconds(0)',
    perform: (_self, args, run) => valid(dateFromMillis(args.number(0) * 1000, run.scope.timezone)),
  },
  fromJSDate: {
    signature: '(date)',
    doc: 'The date itself',
    example: 'DateTime.fromJSDate(new Date(0))',
    perform: (_self, args) => otherDate(args, 0),
  },
  fromObject: {
    signature: '({ year, month, day, ... })',
    doc: 'A date from its parts',
    example: 'DateTime.fromObject({ year: 2026, month: 1, day: 31 })',
    perform: (_self, args, run) => fromObject(args, run),
  },
  fromRFC2822: {
    signature: '(text)',
    doc: 'A date from the text of an e-mail header',
    example: "DateTime.fromRFC2822('Tue, 01 Nov 2016 13:23:12 +0630')",
    perform: (_self, args, run) => dateFromText(args.text(0), run),
  },
  fromHTTP: {
    signature: '(text)',
    doc: 'A date from the text of an HTTP header',
    example: "DateTime.fromHTTP('Sun, 06 Nov 1994 08:49:37 GMT')",
    perform: (_self, args, run) => dateFromText(args.text(0), run),
  },
  fromSQL: {
    signature: '(text)',
    doc: 'A date from SQL text',
    example: "DateTime.fromSQL('2026-11-21 09:30:00')",
    perform: (_self, args, run) => dateFromText(args.text(0), run),
  },
};

const durationExample = "Duration.fromObject({ hours: 2 }).as('minutes')";

/** `Duration` (Luxon). */
export const durationFunctions: MethodTable<undefined> = {
  fromObject: {
    signature: '({ hours: 2 })',
    doc: 'A duration from its parts',
    example: durationExample,
    perform: (_self, args) => Duration.fromObject(durationFrom(args, 0) as DurationLikeObject),
  },
  fromMillis: {
    signature: '(milliseconds)',
    doc: 'A duration from milliseconds',
    example: "Duration.fromMillis(60000).as('minutes')",
    perform: (_self, args) => Duration.fromMillis(args.number(0)),
  },
  fromISO: {
    signature: '(text)',
    doc: 'A duration from ISO text such as PT2H',
    example: "Duration.fromISO('PT2H').as('minutes')",
    perform: (_self, args) => durationFromIso(args.text(0)),
  },
};

function durationFromIso(text: string): Duration {
  const duration = text.length <= 64 ? Duration.fromISO(text) : Duration.invalid('too long');
  if (duration.isValid) return duration;
  throw typeError('no duration', 'This text is not a duration. Use ISO form such as `PT2H30M`.');
}

/** `new Date(...)`: now, from text or milliseconds, or from parts with the month from 0. */
export function newDate(args: Args, run: Run): DateTime {
  const given = args.value(0);
  if (args.values.length === 0) return run.now();
  const date = dateOf(given);
  if (date !== undefined) return date;
  const first = run.isLoose && (given === null || typeof given === 'boolean') ? Number(given) : given;
  if (args.values.length > 1) {
    const [year = 1970, month = 0, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0] = args.values.map((_, index) =>
      args.number(index),
    );
    const start = DateTime.fromObject({ year }, { zone: run.now().zone, locale: defaultLocale });
    return valid(start.plus({ months: month, days: day - 1, hours: hour, minutes: minute, seconds: second, milliseconds: millisecond }));
  }
  if (typeof first === 'number') return valid(dateFromMillis(first, run.scope.timezone));
  if (typeof first === 'string') return dateFromText(first, run);
  throw typeError('new Date of something else', '`new Date` takes text, milliseconds or a date.');
}

function fromObject(args: Args, run: Run): DateTime {
  const given = args.object(0);
  const parts: Record<string, number> = {};
  for (const key of ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond', 'ordinal', 'weekYear', 'weekNumber', 'weekday'])
    if (Object.hasOwn(given, key)) parts[key] = Number(given[key]);
  return valid(DateTime.fromObject(parts, { zone: zoneOption(args, 1, run), locale: defaultLocale }));
}

function fromParts(args: Args, zone: Zone): DateTime {
  const numbers = args.values.map((_, index) => args.number(index));
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0] = numbers;
  return valid(DateTime.fromObject({ year, month, day, hour, minute, second, millisecond }, { zone, locale: defaultLocale }));
}

/** `{ setZone: true }`: the offset that the text names is that of the date. */
function keepsZone(options: Value): boolean {
  return isPlain(options) && Object.hasOwn(options, 'setZone') && options['setZone'] === true;
}

/** The zone of an options argument `{ zone: 'Europe/Berlin' }`; without one, the workflow's. */
function zoneOption(args: Args, index: number, run: Run): Zone {
  const options = args.value(index);
  const zone = isPlain(options) && Object.hasOwn(options, 'zone') ? options['zone'] : undefined;
  return typeof zone === 'string' ? zoneNamed(zone, run) : run.now().zone;
}

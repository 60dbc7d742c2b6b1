import { DateTime, type Zone } from 'luxon';
import { typeError } from '../../errors.ts';
import { dateFromFormat, dateFromIso, dateFromMillis, dateFromText, defaultLocale, valid, zoneNamed } from '../../runtime/dates.ts';
import type { Run } from '../../runtime/run.ts';
import { isPlain } from '../../runtime/value.ts';
import type { Args, MethodTable } from '../spec.ts';

/** `Date`: only what needs no `new`. */
export const dateFunctions: MethodTable<undefined> = {
  now: { signature: '()', doc: 'Milliseconds since 1970, now', example: 'Date.now()', perform: (_self, _args, run) => run.scope.nowMs },
  parse: {
    signature: '(text)',
    doc: 'Milliseconds since 1970 of a date as text',
    example: "Date.parse('2026-11-21')",
    perform: (_self, args, run) => dateFromText(args.text(0), run).toMillis(),
  },
};

/** `DateTime` (Luxon): in the zone of the workflow unless `{ zone }` or the text says otherwise. */
export const dateTimeFunctions: MethodTable<undefined> = {
  now: { signature: '()', doc: 'Now', example: 'DateTime.now()', perform: (_self, _args, run) => run.now() },
  local: {
    signature: '()',
    doc: 'Now',
    example: 'DateTime.local()',
    perform: (_self, args, run) => (args.values.length === 0 ? run.now() : fromParts(args, run)),
  },
  utc: { signature: '()', doc: 'Now, in UTC', example: 'DateTime.utc()', perform: (_self, _args, run) => run.now().toUTC() },
  fromISO: {
    signature: '(text, { zone }?)',
    doc: 'A date from ISO text',
    example: "DateTime.fromISO('2026-11-21')",
    perform: (_self, args, run) => dateFromIso(args.text(0), zoneOption(args, 1, run), run),
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
  fromSQL: {
    signature: '(text)',
    doc: 'A date from SQL text',
    example: "DateTime.fromSQL('2026-11-21 09:30:00')",
    perform: (_self, args, run) => dateFromText(args.text(0), run),
  },
};

/** `new Date(...)`: now, from text or milliseconds, or from parts with the month from 0. */
export function newDate(args: Args, run: Run): DateTime {
  const first = args.value(0);
  if (args.values.length === 0) return run.now();
  if (first instanceof DateTime) return first;
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

function fromParts(args: Args, run: Run): DateTime {
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0] = args.values.map((_, index) => args.number(index));
  return valid(DateTime.fromObject({ year, month, day, hour, minute }, { zone: run.now().zone, locale: defaultLocale }));
}

/** The zone of an options argument `{ zone: 'Europe/Berlin' }`; without one, the workflow's. */
function zoneOption(args: Args, index: number, run: Run): Zone {
  const options = args.value(index);
  const zone = isPlain(options) && Object.hasOwn(options, 'zone') ? options['zone'] : undefined;
  return typeof zone === 'string' ? zoneNamed(zone, run) : run.now().zone;
}

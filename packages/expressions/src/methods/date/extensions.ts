import type { DateTime } from 'luxon';
import { typeError } from '../../errors.ts';
import type { MethodTable } from '../spec.ts';
import { otherDate, unitNamed } from './units.ts';

/** n8n's functions on dates that Luxon does not have. */
export const dateExtensionMethods: MethodTable<DateTime> = {
  endOfMonth: { signature: '()', doc: 'End of the month', example: '$now.endOfMonth()', perform: (self) => self.endOf('month') },
  extract: {
    signature: "(part = 'week')",
    doc: 'One part of the date, such as the week',
    example: "$now.extract('month')",
    perform: (self, args) => extract(self, args.text(0, 'week')),
  },
  isDst: { signature: '()', doc: 'Whether it is in summer time', example: '$now.isDst()', perform: (self) => self.isInDST },
  isInLast: {
    signature: "(amount = 0, unit = 'minutes')",
    doc: 'Whether it lies in the last days, hours, ...',
    example: "$now.isInLast(2, 'days')",
    perform: (self, args, run) =>
      self >= run.now().minus({ [args.has(1) ? unitNamed(args.value(1)) : 'minutes']: args.number(0, 0) }) && self <= run.now(),
  },
  diffToNow: {
    signature: "(unit = 'days')",
    doc: 'Time until now, as a number',
    example: "$now.minus(3, 'days').diffToNow('hours')",
    perform: (self, args, run) =>
      run
        .now()
        .diff(self)
        .as(args.has(0) ? unitNamed(args.value(0)) : 'days'),
  },
  until: {
    signature: '(other)',
    doc: 'Time until another date, as a duration',
    example: "$now.until($now.plus(1, 'day')).as('hours')",
    perform: (self, args) => otherDate(args, 0).diff(self),
  },
  toInt: { signature: '()', doc: 'Milliseconds since 1970', example: '$now.toInt()', perform: (self) => self.toMillis() },
  toFloat: { signature: '()', doc: 'Milliseconds since 1970', example: '$now.toFloat()', perform: (self) => self.toMillis() },
  toNumber: { signature: '()', doc: 'Milliseconds since 1970', example: '$now.toNumber()', perform: (self) => self.toMillis() },
  toBoolean: { signature: '()', doc: 'Always true', example: '$now.toBoolean()', perform: () => true },
  toJsonString: {
    signature: '()',
    doc: 'As ISO text in UTC, in quotes',
    example: '$now.toJsonString()',
    perform: (self) => JSON.stringify(new Date(self.toMillis())),
  },
  toJSDate: { signature: '()', doc: 'The date itself', example: '$now.toJSDate()', perform: (self) => self },
  toDate: { signature: '()', doc: 'The date itself', example: '$now.toDate()', perform: (self) => self },
  toISOWeekDate: {
    signature: '()',
    doc: 'As ISO text with the week',
    example: '$now.toISOWeekDate()',
    perform: (self) => self.toISOWeekDate(),
  },
  toSQLDate: { signature: '()', doc: 'As SQL text without time', example: '$now.toSQLDate()', perform: (self) => self.toSQLDate() },
  toSQLTime: { signature: '()', doc: 'As SQL text without date', example: '$now.toSQLTime()', perform: (self) => self.toSQLTime() },
  toRelativeCalendar: {
    signature: '()',
    doc: 'As people say it in days, seen from now',
    example: "$now.plus(1, 'day').toRelativeCalendar()",
    perform: (self, _args, run) => self.toRelativeCalendar({ base: run.now() }),
  },
  getUTCSeconds: { signature: '()', doc: 'Second in UTC', example: '$now.getUTCSeconds()', perform: (self) => self.toUTC().second },
  getUTCMilliseconds: {
    signature: '()',
    doc: 'Millisecond in UTC',
    example: '$now.getUTCMilliseconds()',
    perform: (self) => self.toUTC().millisecond,
  },
};

const readers: Readonly<Record<string, (date: DateTime) => number>> = {
  year: (date) => date.year,
  month: (date) => date.month,
  week: (date) => date.weekNumber,
  day: (date) => date.day,
  hour: (date) => date.hour,
  minute: (date) => date.minute,
  second: (date) => date.second,
  millisecond: (date) => date.millisecond,
  weekday: (date) => date.weekday,
  quarter: (date) => date.quarter,
  weekNumber: (date) => date.weekNumber,
  yearDayNumber: (date) => date.ordinal,
};

function extract(self: DateTime, part: string): number {
  const name = Object.hasOwn(readers, part) ? part : part.replace(/s$/u, '');
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (read !== undefined) return read(self);
  throw typeError(`no part ${part.slice(0, 40)}`, `A date has the parts ${Object.keys(readers).join(', ')}.`);
}

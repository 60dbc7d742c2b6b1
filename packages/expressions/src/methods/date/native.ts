import type { DateTime } from 'luxon';
import type { MethodTable } from '../spec.ts';

/** What people know from JavaScript's own dates. Parts are in the date's zone, those with UTC in UTC; months count from 0. */
export const nativeDateMethods: MethodTable<DateTime> = {
  getTime: { signature: '()', doc: 'Milliseconds since 1970', example: '$now.getTime()', perform: (self) => self.toMillis() },
  valueOf: { signature: '()', doc: 'Milliseconds since 1970', example: '$now.valueOf()', perform: (self: DateTime) => self.toMillis() },
  toISOString: {
    signature: '()',
    doc: 'As ISO text in UTC',
    example: '$now.toISOString()',
    perform: (self) => new Date(self.toMillis()).toISOString(),
  },
  toJSON: {
    signature: '()',
    doc: 'As ISO text in UTC',
    example: '$now.toJSON()',
    perform: (self) => new Date(self.toMillis()).toISOString(),
  },
  toUTCString: { signature: '()', doc: 'As text for HTTP headers', example: '$now.toUTCString()', perform: (self) => self.toHTTP() },
  toDateString: {
    signature: '()',
    doc: 'The date as text',
    example: '$now.toDateString()',
    perform: (self) => self.setLocale('en-US').toFormat('EEE MMM dd yyyy'),
  },
  toString: { signature: '()', doc: 'As ISO text', example: '$now.toString()', perform: (self: DateTime) => self.toISO() },
  getFullYear: { signature: '()', doc: 'Year', example: '$now.getFullYear()', perform: (self) => self.year },
  getMonth: { signature: '()', doc: 'Month, from 0', example: '$now.getMonth()', perform: (self) => self.month - 1 },
  getDate: { signature: '()', doc: 'Day of the month', example: '$now.getDate()', perform: (self) => self.day },
  getDay: { signature: '()', doc: 'Day of the week, 0 is Sunday', example: '$now.getDay()', perform: (self) => self.weekday % 7 },
  getHours: { signature: '()', doc: 'Hour', example: '$now.getHours()', perform: (self) => self.hour },
  getMinutes: { signature: '()', doc: 'Minute', example: '$now.getMinutes()', perform: (self) => self.minute },
  getSeconds: { signature: '()', doc: 'Second', example: '$now.getSeconds()', perform: (self) => self.second },
  getMilliseconds: { signature: '()', doc: 'Millisecond', example: '$now.getMilliseconds()', perform: (self) => self.millisecond },
  getUTCFullYear: { signature: '()', doc: 'Year in UTC', example: '$now.getUTCFullYear()', perform: (self) => self.toUTC().year },
  getUTCMonth: { signature: '()', doc: 'Month in UTC, from 0', example: '$now.getUTCMonth()', perform: (self) => self.toUTC().month - 1 },
  getUTCDate: { signature: '()', doc: 'Day of the month in UTC', example: '$now.getUTCDate()', perform: (self) => self.toUTC().day },
  getUTCDay: {
    signature: '()',
    doc: 'Day of the week in UTC, 0 is Sunday',
    example: '$now.getUTCDay()',
    perform: (self) => self.toUTC().weekday % 7,
  },
  getUTCHours: { signature: '()', doc: 'Hour in UTC', example: '$now.getUTCHours()', perform: (self) => self.toUTC().hour },
  getUTCMinutes: { signature: '()', doc: 'Minute in UTC', example: '$now.getUTCMinutes()', perform: (self) => self.toUTC().minute },
  getTimezoneOffset: {
    signature: '()',
    doc: 'Minutes from this zone to UTC',
    example: '$now.getTimezoneOffset()',
    perform: (self) => -self.offset,
  },
};

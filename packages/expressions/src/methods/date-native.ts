import type { DateTime } from 'luxon';
import type { MethodTable } from './spec.ts';

/** What people know from JavaScript's own dates. Parts are in the date's zone, those with UTC in UTC; months count from 0. */
export const nativeDateMethods: MethodTable<DateTime> = {
  getTime: { signature: '()', doc: 'Milliseconds since 1970', example: '$now.getTime()', call: (self) => self.toMillis() },
  valueOf: { signature: '()', doc: 'Milliseconds since 1970', example: '$now.valueOf()', call: (self: DateTime) => self.toMillis() },
  toISOString: { signature: '()', doc: 'As ISO text in UTC', example: '$now.toISOString()', call: (self) => new Date(self.toMillis()).toISOString() },
  toJSON: { signature: '()', doc: 'As ISO text in UTC', example: '$now.toJSON()', call: (self) => new Date(self.toMillis()).toISOString() },
  toUTCString: { signature: '()', doc: 'As text for HTTP headers', example: '$now.toUTCString()', call: (self) => self.toHTTP() },
  toDateString: { signature: '()', doc: 'The date as text', example: '$now.toDateString()', call: (self) => self.setLocale('en-US').toFormat('EEE MMM dd yyyy') },
  toString: { signature: '()', doc: 'As ISO text', example: '$now.toString()', call: (self: DateTime) => self.toISO() },
  getFullYear: { signature: '()', doc: 'Year', example: '$now.getFullYear()', call: (self) => self.year },
  getMonth: { signature: '()', doc: 'Month, from 0', example: '$now.getMonth()', call: (self) => self.month - 1 },
  getDate: { signature: '()', doc: 'Day of the month', example: '$now.getDate()', call: (self) => self.day },
  getDay: { signature: '()', doc: 'Day of the week, 0 is Sunday', example: '$now.getDay()', call: (self) => self.weekday % 7 },
  getHours: { signature: '()', doc: 'Hour', example: '$now.getHours()', call: (self) => self.hour },
  getMinutes: { signature: '()', doc: 'Minute', example: '$now.getMinutes()', call: (self) => self.minute },
  getSeconds: { signature: '()', doc: 'Second', example: '$now.getSeconds()', call: (self) => self.second },
  getMilliseconds: { signature: '()', doc: 'Millisecond', example: '$now.getMilliseconds()', call: (self) => self.millisecond },
  getUTCFullYear: { signature: '()', doc: 'Year in UTC', example: '$now.getUTCFullYear()', call: (self) => self.toUTC().year },
  getUTCMonth: { signature: '()', doc: 'Month in UTC, from 0', example: '$now.getUTCMonth()', call: (self) => self.toUTC().month - 1 },
  getUTCDate: { signature: '()', doc: 'Day of the month in UTC', example: '$now.getUTCDate()', call: (self) => self.toUTC().day },
  getUTCDay: { signature: '()', doc: 'Day of the week in UTC, 0 is Sunday', example: '$now.getUTCDay()', call: (self) => self.toUTC().weekday % 7 },
  getUTCHours: { signature: '()', doc: 'Hour in UTC', example: '$now.getUTCHours()', call: (self) => self.toUTC().hour },
  getUTCMinutes: { signature: '()', doc: 'Minute in UTC', example: '$now.getUTCMinutes()', call: (self) => self.toUTC().minute },
  getTimezoneOffset: { signature: '()', doc: 'Minutes from this zone to UTC', example: '$now.getTimezoneOffset()', call: (self) => -self.offset },
};

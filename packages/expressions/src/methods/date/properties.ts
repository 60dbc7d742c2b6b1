import type { DateTime, Duration } from 'luxon';
import type { Property } from '../spec.ts';
import { durationPartNames, type DatePartName } from './part-names.ts';

const dateParts: Readonly<Record<DatePartName, Property<DateTime>>> = {
  year: { doc: 'Year', read: (self) => self.year },
  quarter: { doc: 'Quarter, 1 to 4', read: (self) => self.quarter },
  month: { doc: 'Month, 1 to 12', read: (self) => self.month },
  day: { doc: 'Day of the month', read: (self) => self.day },
  hour: { doc: 'Hour, 0 to 23', read: (self) => self.hour },
  minute: { doc: 'Minute', read: (self) => self.minute },
  second: { doc: 'Second', read: (self) => self.second },
  millisecond: { doc: 'Millisecond', read: (self) => self.millisecond },
  weekday: { doc: 'Day of the week, 1 is Monday', read: (self) => self.weekday },
  weekNumber: { doc: 'ISO week, 1 to 53', read: (self) => self.weekNumber },
  weekYear: { doc: 'Year of the ISO week', read: (self) => self.weekYear },
  ordinal: { doc: 'Day of the year', read: (self) => self.ordinal },
  daysInMonth: { doc: 'How many days the month has', read: (self) => self.daysInMonth },
  weekdayLong: { doc: 'Name of the day', read: (self) => self.weekdayLong },
  weekdayShort: { doc: 'Short name of the day', read: (self) => self.weekdayShort },
  monthLong: { doc: 'Name of the month', read: (self) => self.monthLong },
  monthShort: { doc: 'Short name of the month', read: (self) => self.monthShort },
  zoneName: { doc: 'Time zone', read: (self) => self.zoneName },
  offset: { doc: 'Minutes from UTC', read: (self) => self.offset },
  isValid: { doc: 'Always true here', read: (self) => self.isValid },
  isInLeapYear: { doc: 'Whether the year is a leap year', read: (self) => self.isInLeapYear },
};

/** What a date says about itself without a call. */
export const dateProperties: ReadonlyMap<string, Property<DateTime>> = new Map(Object.entries(dateParts));

/** What a duration says about itself without a call. */
export const durationProperties: ReadonlyMap<string, Property<Duration>> = new Map<string, Property<Duration>>(
  durationPartNames.map((unit) => [unit, { doc: `Its ${unit}`, read: (self) => self[unit] }]),
);

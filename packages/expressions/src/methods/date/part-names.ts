/** What a date says about itself without a call, by name. */
export const datePartNames = [
  'year',
  'quarter',
  'month',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
  'weekday',
  'weekNumber',
  'weekYear',
  'ordinal',
  'daysInMonth',
  'weekdayLong',
  'weekdayShort',
  'monthLong',
  'monthShort',
  'zoneName',
  'offset',
  'isValid',
  'isInLeapYear',
] as const;

/** One of them. */
export type DatePartName = (typeof datePartNames)[number];

/** The units of time, as a duration calls its parts. */
export const durationPartNames = ['years', 'quarters', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds', 'milliseconds'] as const;

const names: ReadonlySet<string> = new Set([...datePartNames, ...durationPartNames]);

/** Whether dates or durations have a part of this name: reading it may cost more than reading a field. */
export function isDatePart(name: string): boolean {
  return names.has(name);
}

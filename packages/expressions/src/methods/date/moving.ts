import type { DateTime } from 'luxon';
import { typeError } from '../../errors.ts';
import { valid } from '../../runtime/dates.ts';
import { MovableDate, type Value } from '../../runtime/value.ts';
import type { Args, Method } from '../spec.ts';

/** Parts of a date as JavaScript counts them: months from 0, days from 1. */
const parts = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'] as const;
type Part = (typeof parts)[number];

const readers: Readonly<Record<Part, (date: DateTime) => number>> = {
  FullYear: (date) => date.year,
  Month: (date) => date.month - 1,
  Date: (date) => date.day,
  Hours: (date) => date.hour,
  Minutes: (date) => date.minute,
  Seconds: (date) => date.second,
  Milliseconds: (date) => date.millisecond,
};

const words: Readonly<Record<Part, string>> = {
  FullYear: 'year',
  Month: 'month, from 0',
  Date: 'day of the month',
  Hours: 'hour',
  Minutes: 'minute',
  Seconds: 'second',
  Milliseconds: 'millisecond',
};

/** How many parts each setter takes: `setHours(hour, minute, second, ms)`. */
const takes: Readonly<Record<Part, number>> = { FullYear: 3, Month: 2, Date: 1, Hours: 4, Minutes: 3, Seconds: 2, Milliseconds: 1 };

function movable(self: Value): MovableDate {
  if (self instanceof MovableDate) return self;
  throw typeError(
    'a date that does not move',
    "Only dates made by `new Date(...)` can be moved. Use `.set({ hour: 9 })` or `.plus(1, 'day')`, which give another date.",
  );
}

/** The date with some parts replaced; what is too large or negative carries over. */
function withParts(date: DateTime, part: Part, given: readonly number[]): DateTime {
  const first = parts.indexOf(part);
  const [year = 1970, month = 0, day = 1, hours = 0, minutes = 0, seconds = 0, milliseconds = 0] = parts.map(
    (one, index) => given[index - first] ?? readers[one](date),
  );
  const start = date.set({ year, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 });
  return start.plus({ months: month, days: day - 1 }).plus({ hours, minutes, seconds, milliseconds });
}

function move(self: Value, args: Args, { part, isUtc }: { part: Part; isUtc: boolean }): number {
  const date = movable(self);
  if (args.values.length === 0) throw args.wrong(0, 'a number');
  const given = args.values.slice(0, takes[part]).map((_, index) => Math.trunc(args.number(index)));
  date.current = valid(withParts(isUtc ? date.current.toUTC() : date.current, part, given)).setZone(date.current.zone);
  return date.current.toMillis();
}

function setTime(self: Value, args: Args): number {
  const date = movable(self);
  date.current = valid(date.current.plus(args.number(0) - date.current.toMillis()));
  return date.current.toMillis();
}

function setterOf(part: Part, isUtc: boolean): [string, Method<never>] {
  const name = `set${isUtc ? 'UTC' : ''}${part}`;
  return [
    name,
    {
      signature: `(${takes[part] === 1 ? 'number' : 'number, ...'})`,
      doc: `Moves the date to another ${words[part]}${isUtc ? ', in UTC' : ''}; gives milliseconds since 1970`,
      example: `new Date(0).${name}(1)`,
      perform: (self: Value, args) => move(self, args, { part, isUtc }),
    },
  ];
}

/** JavaScript's functions that move a date. Only what `new Date` made in the same evaluation moves. */
export const movingMethods: ReadonlyMap<string, Method<never>> = new Map<string, Method<never>>([
  [
    'setTime',
    {
      signature: '(milliseconds)',
      doc: 'Moves the date to another moment; gives milliseconds since 1970',
      example: 'new Date(0).setTime(1)',
      perform: setTime,
    },
  ],
  ...parts.map((part) => setterOf(part, false)),
  ...parts.map((part) => setterOf(part, true)),
]);

import { DateTime, Duration } from 'luxon';
import { dateFromMillis, dateFromText, valid } from '../../runtime/dates.ts';
import type { Run } from '../../runtime/run.ts';
import { charged } from '../costs.ts';
import { dateTimeFunctions, durationFunctions, newDate } from '../globals/date.ts';
import { type Args, type Method, type MethodTable, type Property, tableOf } from '../spec.ts';
import { dateCostOf } from './costs.ts';
import { dateMethods } from './date.ts';
import { durationMethods } from './duration.ts';
import { dateExtensionMethods } from './extensions.ts';
import { movingMethods } from './moving.ts';
import { nativeDateMethods } from './native.ts';
import { dateProperties, durationProperties } from './properties.ts';

/** All that the language knows of dates and durations. */
export interface Dates {
  readonly DateTime: typeof DateTime;
  readonly Duration: typeof Duration;
  /** A date from milliseconds since 1970. Without a valid zone, UTC. */
  readonly fromMillis: (ms: number, timezone: string) => DateTime;
  /** A date from text in any of the customary forms. @throws ExpressionError `expression_type` for other text */
  readonly fromText: (text: string, run: Run) => DateTime;
  /** The date itself. @throws ExpressionError `expression_type` when it is none */
  readonly valid: (date: DateTime) => DateTime;
  /** `new Date(...)` */
  readonly make: (args: Args, run: Run) => DateTime;
  readonly methods: ReadonlyMap<string, Method<never>>;
  readonly durationMethods: ReadonlyMap<string, Method<never>>;
  /** Whether a method moves the date that it is called on. */
  readonly moves: (method: string) => boolean;
  readonly dateTimeFunctions: ReadonlyMap<string, Method<undefined>>;
  readonly durationFunctions: ReadonlyMap<string, Method<undefined>>;
  readonly dateProperties: ReadonlyMap<string, Property<DateTime>>;
  readonly durationProperties: ReadonlyMap<string, Property<Duration>>;
}

function chargedTable<Self>(...tables: readonly MethodTable<Self>[]): ReadonlyMap<string, Method<Self>> {
  return tableOf(...tables.map((table) => charged(table, dateCostOf)));
}

/** The part of dates, with Luxon: half as large as all the rest of the language, and few expressions need it. */
export const dates: Dates = {
  DateTime,
  Duration,
  fromMillis: dateFromMillis,
  fromText: dateFromText,
  valid,
  make: newDate,
  methods: new Map<string, Method<never>>([
    ...chargedTable(dateMethods, nativeDateMethods, dateExtensionMethods),
    ...chargedTable(Object.fromEntries(movingMethods)),
  ]),
  durationMethods: chargedTable(durationMethods),
  moves: (method) => movingMethods.has(method),
  dateTimeFunctions: chargedTable(dateTimeFunctions),
  durationFunctions: chargedTable(durationFunctions),
  dateProperties,
  durationProperties,
};

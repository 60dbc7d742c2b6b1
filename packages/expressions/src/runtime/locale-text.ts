import type { DateTime } from 'luxon';
import { typeError } from '../errors.ts';
import type { Args } from '../methods/spec.ts';
import { localeNamed, zoneNamed } from './dates.ts';
import type { Run } from './run.ts';
import { isPlain, type Plain, type Value } from './value.ts';

/** What making one of the host's formatters costs. They are not kept: options are many. */
export const formatterCost = 600;
const longestOption = 64;

/** A date as `1/31/2026`. */
export const shortDate: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'numeric', day: 'numeric' };
/** A time as `9:30:00 AM`. */
export const fullTime: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: 'numeric', second: 'numeric' };

const dateOptions: ReadonlySet<string> = new Set(
  `dateStyle timeStyle calendar dayPeriod numberingSystem hour12 hourCycle timeZone weekday era year month day hour minute second
  fractionalSecondDigits timeZoneName`.split(/\s+/u),
);
const numberOptions: ReadonlySet<string> = new Set(
  `style currency currencyDisplay currencySign unit unitDisplay notation compactDisplay signDisplay useGrouping numberingSystem
  minimumIntegerDigits minimumFractionDigits maximumFractionDigits minimumSignificantDigits maximumSignificantDigits roundingMode`.split(
    /\s+/u,
  ),
);

/**
 * `(locale, options)` of a date's `toLocaleString` and its like. Options that name parts replace the usual form.
 * @throws ExpressionError `expression_type` for a locale, option or zone that does not exist
 */
export function localeText(self: DateTime, args: Args, { run, form }: { run: Run; form: Intl.DateTimeFormatOptions }): string {
  const isBare = isPlain(args.value(0));
  const options = optionsOf(args.value(isBare ? 0 : 1), dateOptions);
  const locale = isBare ? bareLocale(args.value(1)) : localeOf(args, 0);
  const { timeZone } = options;
  const zone = typeof timeZone === 'string' ? zoneNamed(timeZone, run) : self.zone;
  const own = Object.keys(options).some((key) => !['timeZone', 'hour12', 'hourCycle', 'calendar', 'numberingSystem'].includes(key));
  const chosen = { ...(own ? {} : form), ...options, timeZone: zoneName(zone.name) };
  run.spend(formatterCost);
  return made(() => new Intl.DateTimeFormat(locale, chosen as Intl.DateTimeFormatOptions).format(self.toMillis()));
}

/** Luxon's second argument, behind the options. */
function bareLocale(settings: Value): string {
  const locale = isPlain(settings) && Object.hasOwn(settings, 'locale') ? settings['locale'] : undefined;
  return typeof locale === 'string' ? localeNamed(locale) : 'en-US';
}

const orderOptions: ReadonlySet<string> = new Set(['usage', 'sensitivity', 'ignorePunctuation', 'numeric', 'caseFirst']);

/**
 * The order of two texts: `(text, locale, options)`.
 * @throws ExpressionError `expression_type` for a locale or option that does not exist
 */
export function localeOrder(self: string, args: Args, run: Run): number {
  const other = args.text(0);
  if (args.values.length < 2) return self.localeCompare(other, 'en-US');
  const options = optionsOf(args.value(2), orderOptions);
  const locale = localeOf(args, 1);
  run.spend(formatterCost);
  return made(() => new Intl.Collator(locale, options as Intl.CollatorOptions).compare(self, other));
}

/** Luxon's names of fixed offsets, as the host knows them. */
function zoneName(name: string): string {
  const offset = /^UTC([+-])(\d{1,2})(?::(\d{2}))?$/u.exec(name);
  return offset === null ? name : `${offset[1] ?? '+'}${(offset[2] ?? '0').padStart(2, '0')}:${offset[3] ?? '00'}`;
}

/**
 * A number as people in a country write it: `(locale, options)`.
 * @throws ExpressionError `expression_type` for a locale or option that does not exist
 */
export function localeNumber(self: number, args: Args, run: Run): string {
  const isBare = isPlain(args.value(0));
  const options = optionsOf(args.value(isBare ? 0 : 1), numberOptions);
  run.spend(formatterCost);
  const locale = isBare ? 'en-US' : localeOf(args, 0);
  return made(() => new Intl.NumberFormat(locale, options as Intl.NumberFormatOptions).format(self));
}

/** The locale of an argument: a tag, a list that starts with one, or none. */
function localeOf(args: Args, index: number): string {
  const value = args.value(index);
  const first: Value = Array.isArray(value) ? value[0] : value;
  if (first === undefined || first === null) return 'en-US';
  return typeof first === 'string' ? localeNamed(first) : localeNamed(args.text(index));
}

function optionsOf(value: Value, known: ReadonlySet<string>): Plain {
  if (value === undefined || value === null) return {};
  if (!isPlain(value)) throw typeError('options that are no object', "Options are an object such as `{ month: 'long' }`.");
  const options: Record<string, Value> = {};
  for (const key of Object.keys(value)) {
    const option = value[key];
    const isSimple =
      typeof option === 'number' || typeof option === 'boolean' || (typeof option === 'string' && option.length <= longestOption);
    if (known.has(key) && isSimple) options[key] = option;
  }
  return options;
}

function made<T>(format: () => T): T {
  try {
    return format();
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 120) : 'unknown';
    throw typeError(`options that do not exist: ${reason}`, `These options cannot be used: ${reason}.`);
  }
}

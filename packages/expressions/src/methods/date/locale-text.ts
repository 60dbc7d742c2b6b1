import type { DateTime } from 'luxon';
import { zoneNamed } from '../../runtime/dates.ts';
import { formatterCost, localeOf, made, optionsOf } from '../../runtime/locale-text.ts';
import { localeNamed } from '../../runtime/locales.ts';
import type { Run } from '../../runtime/run.ts';
import { isPlain, type Value } from '../../runtime/value.ts';
import type { Args } from '../spec.ts';

/** A date as `1/31/2026`. */
export const shortDate: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'numeric', day: 'numeric' };
/** A time as `9:30:00 AM`. */
export const fullTime: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: 'numeric', second: 'numeric' };

const dateOptions: ReadonlySet<string> = new Set(
  `dateStyle timeStyle calendar dayPeriod numberingSystem hour12 hourCycle timeZone weekday era year month day hour minute second
  fractionalSecondDigits timeZoneName`.split(/\s+/u),
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

/** Luxon's names of fixed offsets, as the host knows them. */
function zoneName(name: string): string {
  const offset = /^UTC([+-])(\d{1,2})(?::(\d{2}))?$/u.exec(name);
  return offset === null ? name : `${offset[1] ?? '+'}${(offset[2] ?? '0').padStart(2, '0')}:${offset[3] ?? '00'}`;
}

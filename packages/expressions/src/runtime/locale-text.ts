import { typeError } from '../errors.ts';
import type { Args } from '../methods/spec.ts';
import { localeNamed } from './locales.ts';
import type { Run } from './run.ts';
import { isPlain, type Plain, type Value } from './value.ts';

/** What making one of the host's formatters costs. They are not kept: options are many. */
export const formatterCost = 600;
const longestOption = 64;

const numberOptions: ReadonlySet<string> = new Set(
  `style currency currencyDisplay currencySign unit unitDisplay notation compactDisplay signDisplay useGrouping numberingSystem
  minimumIntegerDigits minimumFractionDigits maximumFractionDigits minimumSignificantDigits maximumSignificantDigits roundingMode`.split(
    /\s+/u,
  ),
);

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
export function localeOf(args: Args, index: number): string {
  const value = args.value(index);
  const first: Value = Array.isArray(value) ? value[0] : value;
  if (first === undefined || first === null) return 'en-US';
  return typeof first === 'string' ? localeNamed(first) : localeNamed(args.text(index));
}

/** Those of an object of options that are known and simple. */
export function optionsOf(value: Value, known: ReadonlySet<string>): Plain {
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

/** What one of the host's formatters gives; what it refuses is a mistake in the options. */
export function made<T>(format: () => T): T {
  try {
    return format();
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 120) : 'unknown';
    throw typeError(`options that do not exist: ${reason}`, `These options cannot be used: ${reason}.`);
  }
}

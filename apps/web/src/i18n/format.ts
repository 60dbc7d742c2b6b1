import { useTranslation } from 'react-i18next';
import { type Language, pickLanguage } from './languages.ts';

/** Writes dates, times, durations and numbers the way a language does. Times are ISO 8601 or ms since 1970. */
export interface Format {
  readonly language: Language;
  /** `12,345`. */
  readonly number: (value: number) => string;
  /** `3 minutes ago`, `in 2 days`; seconds are rounded to "now" below five. */
  readonly relative: (time: string | number, nowMs: number) => string;
  /** Date, time and zone in full: what a tooltip says. */
  readonly exact: (time: string | number) => string;
  /** Time of day to the second. */
  readonly time: (time: string | number) => string;
  /** Date and time without seconds. */
  readonly dateTime: (time: string | number) => string;
  /** The day alone. */
  readonly date: (time: string | number) => string;
  /** `45 ms`, `4.1 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
  readonly duration: (durationMs: number) => string;
}

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

function relative(formatter: Intl.RelativeTimeFormat, deltaMs: number): string {
  if (Math.abs(deltaMs) < 5000) return formatter.format(0, 'second');
  for (const [unit, unitMs] of UNITS) {
    if (Math.abs(deltaMs) >= unitMs) return formatter.format(Math.round(deltaMs / unitMs), unit);
  }
  return formatter.format(0, 'second');
}

const DURATION_UNITS: readonly (readonly [Unit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];
type Unit = 'day' | 'hour' | 'minute' | 'second' | 'millisecond';

function duration(language: Language, durationMs: number): string {
  const unit = (value: number, name: Unit, digits = 0): string =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits }).format(value);
  if (durationMs < 1000) return unit(Math.max(0, Math.round(durationMs)), 'millisecond');
  if (durationMs < 60_000) return unit(durationMs / 1000, 'second', 1);
  const parts: string[] = [];
  let rest = durationMs;
  for (const [name, unitMs] of DURATION_UNITS) {
    const whole = Math.floor(rest / unitMs);
    rest -= whole * unitMs;
    if (whole > 0) parts.push(unit(whole, name));
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

/** @param timeZone IANA name; default: the device's */
export function createFormat(language: Language, timeZone?: string): Format {
  const zone = timeZone === undefined ? {} : { timeZone };
  const numbers = new Intl.NumberFormat(language);
  const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const exact = new Intl.DateTimeFormat(language, { ...zone, dateStyle: 'full', timeStyle: 'long' });
  const time = new Intl.DateTimeFormat(language, { ...zone, timeStyle: 'medium' });
  const date = new Intl.DateTimeFormat(language, { ...zone, dateStyle: 'medium' });
  const dateTime = new Intl.DateTimeFormat(language, { ...zone, dateStyle: 'medium', timeStyle: 'short' });
  return {
    language,
    number: (value) => numbers.format(value),
    relative: (at, nowMs) => relative(ago, new Date(at).getTime() - nowMs),
    exact: (at) => exact.format(new Date(at)),
    time: (at) => time.format(new Date(at)),
    date: (at) => date.format(new Date(at)),
    dateTime: (at) => dateTime.format(new Date(at)),
    duration: (durationMs) => duration(language, durationMs),
  };
}

const formats = new Map<Language, Format>();

/** Formats of a language in the device's time zone, made once: its six formatters take longer than drawing a card. */
export function formatFor(language: string): Format {
  const picked = pickLanguage([language]);
  const known = formats.get(picked) ?? createFormat(picked);
  formats.set(picked, known);
  return known;
}

/** Formats for the language of the interface. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  return formatFor(i18n.language);
}

import { DateTime, FixedOffsetZone, IANAZone, Settings, type Zone } from 'luxon';
import { typeError } from '../errors.ts';
import { parseCost } from '../methods/costs.ts';
import { defaultLocale } from './locales.ts';
import type { Run } from './run.ts';

const longestZoneName = 64;
const longestDateText = 100;
const longestFormat = 100;
const mostParseTokens = 12;

/** A date from milliseconds since 1970. Without a valid zone, UTC. */
export function dateFromMillis(ms: number, timezone: string): DateTime {
  // Luxon's own zone for it: its dates end in `Z`.
  const zone = /^(?:utc|gmt)$/iu.test(timezone) ? 'utc' : (placeZone(timezone) ?? 'utc');
  return DateTime.fromMillis(ms, { zone, locale: defaultLocale });
}

/** Zones met so far, by the name they were asked for. Luxon keeps each zone for good: their number is bounded here. */
const zones = new Map<string, IANAZone>();
const mostZones = 1000;

/** A zone of the IANA's by name; undefined when there is none. */
function placeZone(name: string): IANAZone | undefined {
  const known = zones.get(name);
  if (known !== undefined) return known;
  if (name.length > longestZoneName || !IANAZone.isValidZone(name)) return undefined;
  const official = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  // Other cases of a name are the same zone; other names of a zone are kept, as far as there is room.
  const isOther = official.toLowerCase() !== name.toLowerCase() && zones.size < mostZones;
  const zone = IANAZone.create(isOther ? name : official);
  if (zones.size < mostZones) zones.set(name, zone);
  return zone;
}

/**
 * A zone by name; `local` and `system` mean the workflow's.
 * @throws ExpressionError `expression_type` for a name that is no zone (Luxon would keep each in memory for good)
 */
export function zoneNamed(name: string, run: Run): Zone {
  if (name === 'local' || name === 'system' || name === 'default') return run.now().zone;
  const offset = /^(?:utc|gmt)(?:([+-]\d{1,2})(?::(\d{2}))?)?$/iu.exec(name);
  if (offset !== null) {
    const hours = Number(offset[1] ?? 0);
    const minutes = Number(offset[2] ?? 0);
    return FixedOffsetZone.instance(hours * 60 + (offset[1]?.startsWith('-') === true ? -minutes : minutes));
  }
  const zone = placeZone(name);
  if (zone !== undefined) return zone;
  throw typeError(`no time zone ${JSON.stringify(name.slice(0, longestZoneName))}`, 'Use a zone such as `Europe/Berlin` or `UTC`.');
}

/** A date from ISO 8601 text, in the zone given; the text may name the moment by an offset, which becomes its zone only where it is kept. */
export function dateFromIso(
  text: string,
  { zone, isKept = false }: { readonly zone: Zone; readonly isKept?: boolean },
  run: Run,
): DateTime {
  run.spend(parseCost);
  const trimmed = shortEnough(text).trim();
  return valid(
    atClock(run, () => DateTime.fromISO(trimmed, { zone, setZone: isKept, locale: defaultLocale })),
    text,
  );
}

/** A date from text in any of the customary forms: ISO, SQL, e-mail and HTTP dates, or milliseconds. */
export function dateFromText(text: string, run: Run): DateTime {
  run.spend(parseCost);
  const trimmed = shortEnough(text).trim();
  const options = { zone: run.now().zone, locale: defaultLocale };
  return atClock(run, () => {
    for (const form of ['ISO', 'SQL', 'RFC2822', 'HTTP'] as const) {
      const date = DateTime[`from${form}`](trimmed, options);
      if (date.isValid) return date;
    }
    if (/^-?\d{9,16}$/u.test(trimmed)) return DateTime.fromMillis(Number(trimmed), options);
    throw notADate(text);
  });
}

/** A date from text in a given format (Luxon's tokens), in the zone given unless the text names an offset. */
export function dateFromFormat(text: string, how: { readonly format: string; readonly zone: Zone }, run: Run): DateTime {
  run.spend(parseCost);
  checkParseFormat(how.format);
  return valid(
    atClock(run, () => DateTime.fromFormat(shortEnough(text), how.format, { zone: how.zone, locale: defaultLocale })),
    text,
  );
}

/** A date as text in a format (Luxon's tokens). */
export function formatDate(date: DateTime, format: string): string {
  if (format.length > longestFormat) throw typeError('date format too long', `A date format can have up to ${longestFormat} characters.`);
  return date.toFormat(format);
}

/** The date itself, when Luxon could make one. */
export function valid(date: DateTime, text = ''): DateTime {
  if (date.isValid) return date;
  throw notADate(text);
}

function notADate(text: string): Error {
  return typeError(
    `not a date: ${JSON.stringify(text.slice(0, 40))}`,
    'This text is not a date. Use ISO form such as `2026-11-21T09:30:00Z`, or DateTime.fromFormat(text, format).',
  );
}

function shortEnough(text: string): string {
  if (text.length <= longestDateText) return text;
  throw notADate(text);
}

/** Luxon turns a format into a backtracking pattern: few parts, none twice, keep it quick. */
function checkParseFormat(format: string): void {
  const tokens = format.replaceAll(/'[^']*'/gu, ' ').match(/([A-Za-z])\1*/gu) ?? [];
  const letters = new Set(tokens.map((token) => token[0]));
  if (format.length <= longestFormat && tokens.length <= mostParseTokens && letters.size === tokens.length) return;
  throw typeError('date format not usable for reading', 'A format for reading dates has each part once, such as `dd.MM.yyyy HH:mm`.');
}

/** Luxon fills parts that a text leaves out from its clock: here, from the evaluation's. */
function atClock<T>(run: Run, make: () => T): T {
  const before = Settings.now;
  Settings.now = () => run.scope.nowMs;
  try {
    return make();
  } finally {
    Settings.now = before;
  }
}

import { parameterOf, propertyOf, type IcsComponent, type IcsProperty } from './ics.ts';

const DAY = 86_400_000;

/** From what a clock there shows, as if it were UTC, to ms since 1970. */
export type Zone = (wallMs: number) => number;

/** A day or a time of a calendar file. */
export interface EventTime {
  readonly isDay: boolean;
  /** What the clock shows, as if it were UTC. */
  readonly wallMs: number;
  readonly zone: Zone;
}

/** The zone without offset. */
export const UTC: Zone = (wallMs) => wallMs;

function offsetOf(format: Intl.DateTimeFormat, ms: number): number {
  const name = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes, seconds = 0] = /([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(name) ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1000 : 1000) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}

/** A zone of the time zone database, or null. A time that comes twice is the first; one that never comes counts from before the change (RFC 5545, 3.3.5). */
export function namedZone(name: string): Zone | null {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
    return (wallMs) => {
      const [before, after] = [wallMs - offsetOf(format, wallMs - DAY), wallMs - offsetOf(format, wallMs + DAY)];
      const isAfter = before + offsetOf(format, before) !== wallMs && after + offsetOf(format, after) === wallMs;
      return isAfter ? after : before;
    };
  } catch {
    return null;
  }
}

/** Reads one day or time, or null for what is none. */
export function parseTime(text: string, zone: Zone): EventTime | null {
  const [, year, month, day, time, hour = 0, minute = 0, second = 0, utc] =
    /^(\d{4})(\d\d)(\d\d)(T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(text.trim()) ?? [];
  if (year === undefined) return null;
  const wallMs = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return { isDay: time === undefined, wallMs, zone: time === undefined || utc === 'Z' ? UTC : zone };
}

/** The times of a property: one, or several with commas (of a PERIOD its start). */
export function timesOf(property: IcsProperty, zones: (tzid: string) => Zone): readonly EventTime[] {
  const tzid = parameterOf(property, 'TZID');
  const zone = tzid === '' ? UTC : zones(tzid);
  return property.value.split(',').flatMap((one) => parseTime(one.split('/')[0] ?? '', zone) ?? []);
}

/** The one time of a property, or null. */
export function timeOf(component: IcsComponent, name: string, zones: (tzid: string) => Zone): EventTime | null {
  const property = propertyOf(component, name);
  return property === undefined ? null : (timesOf(property, zones)[0] ?? null);
}

/** ms since 1970; of a day its midnight in UTC. */
export function millisOf({ wallMs, zone }: EventTime): number {
  return zone(wallMs);
}

/** Reads a duration, ms; null for what is none. */
export function parseDuration(text: string): number | null {
  const match = /^([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i.exec(text.trim());
  if (match === null) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(2).map((part: string | undefined) => Number(part ?? 0));
  return (match[1] === '-' ? -1 : 1) * ((weeks * 7 + days) * DAY + (hours * 3600 + minutes * 60 + seconds) * 1000);
}

/** `20261121T100000Z`, or `20261121` for a day. */
export function stamp(ms: number, isDay = false): string {
  const text = new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return isDay ? text.slice(0, 8) : text;
}

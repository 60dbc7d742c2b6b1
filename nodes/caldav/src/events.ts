import { UserError, z } from '@millwright/node-sdk';
import { parameterOf, parseIcs, propertyOf, textOf, type IcsComponent } from './ics.ts';
import { startsOf } from './recurrence.ts';
import { millisOf, parseDuration, timeOf, timesOf, type EventTime, type Zone } from './times.ts';
import { zonesOf } from './zones.ts';

/** One event, or one occurrence of a recurring one. */
export const EVENT = z.object({
  url: z.string(),
  etag: z.string(),
  uid: z.string(),
  title: z.string(),
  /** RFC 3339, or a day where it lasts all day. */
  start: z.string(),
  end: z.string(),
  isAllDay: z.boolean(),
  location: z.string(),
  description: z.string(),
  status: z.string(),
  isBusy: z.boolean(),
  recurs: z.boolean(),
  /** Start that the rule gives; names the occurrence. Empty for single events. */
  recurrenceId: z.string(),
  remindMinutes: z.array(z.number()),
});

/** One of them. */
export type CalendarEvent = z.output<typeof EVENT>;

/** What one looks like. */
export const EVENT_SAMPLE: CalendarEvent = {
  url: 'https://calendar.example.com/dav/ada/team/1.ics',
  etag: '"1"',
  uid: '1',
  title: 'Stand-up',
  start: '2026-11-23T09:00:00.000Z',
  end: '2026-11-23T09:15:00.000Z',
  isAllDay: false,
  location: '',
  description: '',
  status: 'confirmed',
  isBusy: true,
  recurs: true,
  recurrenceId: '2026-11-23T09:00:00.000Z',
  remindMinutes: [10],
};

/** Where its text came from. */
export interface Source {
  readonly url: string;
  readonly etag: string;
  readonly text: string;
}

/** From when to when, ms since 1970. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const DAY = 86_400_000;

/** A VEVENT with what is asked of it more than once. */
interface Event {
  readonly component: IcsComponent;
  readonly start: EventTime;
  readonly lastsMs: number;
  /** What this one is in place of; null for the event itself. */
  readonly replaces: EventTime | null;
}

interface Occurrence {
  readonly event: Event;
  readonly startMs: number;
  readonly recurrenceId: string;
}

type Zones = (tzid: string) => Zone;

function shown(ms: number, isDay: boolean): string {
  const text = new Date(ms).toISOString();
  return isDay ? text.slice(0, 10) : text;
}

/** When an event ends: its end, its duration, or what RFC 5545 (3.6.1) gives without either. ms since 1970. */
export function endOf(component: IcsComponent, start: EventTime, zones: Zones): number {
  const end = timeOf(component, 'DTEND', zones);
  if (end !== null) return millisOf(end);
  const lasts = parseDuration(propertyOf(component, 'DURATION')?.value ?? '');
  return millisOf(start) + (lasts ?? (start.isDay ? DAY : 0));
}

function readEvent(component: IcsComponent, zones: Zones): readonly Event[] {
  const start = timeOf(component, 'DTSTART', zones);
  if (start === null) return [];
  return [
    { component, start, lastsMs: endOf(component, start, zones) - millisOf(start), replaces: timeOf(component, 'RECURRENCE-ID', zones) },
  ];
}

function recurs({ component }: Event): boolean {
  return propertyOf(component, 'RRULE') !== undefined || propertyOf(component, 'RDATE') !== undefined;
}

function remindersOf({ components }: IcsComponent): number[] {
  return components.flatMap((alarm) => {
    const before = alarm.name === 'VALARM' ? parseDuration(propertyOf(alarm, 'TRIGGER')?.value ?? '') : null;
    return before === null ? [] : [-before / 60_000];
  });
}

function toEvent({ event, startMs, recurrenceId }: Occurrence, { url, etag }: Source): CalendarEvent {
  const { component, lastsMs } = event;
  const { isDay } = event.start;
  const status = textOf(component, 'STATUS').toLowerCase();
  return {
    url,
    etag,
    uid: textOf(component, 'UID'),
    title: textOf(component, 'SUMMARY'),
    start: shown(startMs, isDay),
    end: shown(startMs + lastsMs, isDay),
    isAllDay: isDay,
    recurrenceId,
    location: textOf(component, 'LOCATION'),
    description: textOf(component, 'DESCRIPTION'),
    status,
    isBusy: status !== 'cancelled' && textOf(component, 'TRANSP').toUpperCase() !== 'TRANSPARENT',
    recurs: recurs(event) || recurrenceId !== '',
    remindMinutes: remindersOf(component),
  };
}

function timesNamed({ properties }: IcsComponent, name: string, zones: Zones): readonly EventTime[] {
  return properties.filter((one) => one.name === name).flatMap((one) => timesOf(one, zones));
}

/** When the rules and dates of an event let it start, before the end of a span. */
function startsMsOf({ component, start }: Event, zones: Zones, toMs: number): readonly number[] {
  const rules = component.properties.filter(({ name }) => name === 'RRULE');
  const ruled = rules.length === 0 ? [start] : rules.flatMap(({ value }) => startsOf(value, start, toMs));
  const left = new Set(timesNamed(component, 'EXDATE', zones).map(millisOf));
  const all = new Set([...ruled, ...timesNamed(component, 'RDATE', zones)].map(millisOf));
  return [...all].filter((ms) => !left.has(ms));
}

function replacedMs({ replaces }: Event): number {
  return replaces === null ? Number.NEGATIVE_INFINITY : millisOf(replaces);
}

/** An event each time it happens; `changed` holds its occurrences that were changed, alone or with all that follow. */
function occurrencesOf(
  event: Event,
  changed: readonly Event[],
  { zones, toMs }: { readonly zones: Zones; readonly toMs: number },
): readonly Occurrence[] {
  if (!recurs(event)) return [{ event, startMs: millisOf(event.start), recurrenceId: '' }];
  const alone = new Set(changed.map(replacedMs));
  const onward = changed.filter(({ component }) => {
    const property = propertyOf(component, 'RECURRENCE-ID');
    return property !== undefined && parameterOf(property, 'RANGE').toUpperCase() === 'THISANDFUTURE';
  });
  return startsMsOf(event, zones, toMs)
    .filter((ms) => !alone.has(ms))
    .map((ms) => {
      const by = onward
        .filter((one) => replacedMs(one) < ms)
        .sort((one, other) => replacedMs(one) - replacedMs(other))
        .at(-1);
      const startMs = by === undefined ? ms : ms + millisOf(by.start) - replacedMs(by);
      return { event: by ?? event, startMs, recurrenceId: shown(ms, event.start.isDay) };
    });
}

/** Reads a calendar file. @throws UserError `caldav_event_invalid` */
export function parseCalendar({ text, url }: Pick<Source, 'text' | 'url'>): IcsComponent {
  try {
    return parseIcs(text);
  } catch {
    throw new UserError('unprocessable', {
      code: 'caldav_event_invalid',
      message: `${url} is no calendar file`,
      hint: 'Look at it in a calendar program.',
      details: { sent: true },
    });
  }
}

/** The events of a file that happen in a span, recurring ones each time; changed occurrences as they were changed. */
export function eventsOf(source: Source, { fromMs, toMs }: Span): readonly CalendarEvent[] {
  const calendar = parseCalendar(source);
  const zones = zonesOf(calendar);
  const events = calendar.components.filter(({ name }) => name === 'VEVENT').flatMap((one) => readEvent(one, zones));
  const uidOf = ({ component }: Event): string => textOf(component, 'UID');
  return events
    .flatMap((event) => {
      const { replaces } = event;
      if (replaces !== null) return [{ event, startMs: millisOf(event.start), recurrenceId: shown(millisOf(replaces), replaces.isDay) }];
      const changed = events.filter((one) => one.replaces !== null && uidOf(one) === uidOf(event));
      return occurrencesOf(event, changed, { zones, toMs });
    })
    .filter(({ event, startMs }) => startMs < toMs && (startMs + event.lastsMs > fromMs || startMs >= fromMs))
    .map((occurrence) => toEvent(occurrence, source));
}

/** The events of a file as they were entered, recurring ones once. */
export function enteredEvents(source: Source): readonly CalendarEvent[] {
  const calendar = parseCalendar(source);
  const zones = zonesOf(calendar);
  return calendar.components
    .filter(({ name }) => name === 'VEVENT')
    .flatMap((one) => readEvent(one, zones))
    .filter(({ replaces }) => replaces === null)
    .map((event) => toEvent({ event, startMs: millisOf(event.start), recurrenceId: '' }, source));
}

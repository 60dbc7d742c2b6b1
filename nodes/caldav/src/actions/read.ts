import { defineAction, z } from '@millwright/node-sdk';
import { queryEvents, spanOf } from '../calendar-query.ts';
import { at, multistatus, propfind, textOf, within, type Context } from '../dav.ts';
import { EVENT, EVENT_SAMPLE } from '../events.ts';
import { CALENDAR, SPAN } from '../fields.ts';
import { CREDENTIALS } from '../server.ts';

const READ = { version: 1, category: 'apps', effect: 'read', credentials: CREDENTIALS } as const;

/** Follows one property that holds an address; where there is none, it goes on from here (RFC 6764). */
async function follow(context: Context, url: string, name: 'D:current-user-principal' | 'C:calendar-home-set'): Promise<string> {
  const [resource] = await multistatus(context, { method: 'PROPFIND', url, depth: '0', body: propfind(name) });
  const href = textOf(at(resource?.properties, name.slice(2), 'href'));
  return href === '' ? url : within(url, href);
}

/** The calendars of an account. */
export const listCalendars = defineAction({
  ...READ,
  type: 'caldav.calendarList',
  title: 'CalDAV: List calendars',
  description: 'Finds the calendars of an account.',
  icon: 'calendars',
  aliases: ['calendar', 'kalender', 'nextcloud', 'icloud'],
  input: z.strictObject({
    url: z
      .string()
      .min(1)
      .max(2_000)
      .meta({ title: 'Address', description: "The account's.", field: { control: 'url' } }),
  }),
  output: z.object({ url: z.string(), name: z.string(), holdsEvents: z.boolean() }),
  sample: { url: 'https://calendar.example.com/dav/ada/team/', name: 'Work', holdsEvents: true },
  run: async (context) => {
    const home = await follow(context, await follow(context, context.input.url, 'D:current-user-principal'), 'C:calendar-home-set');
    const body = propfind('D:resourcetype', 'D:displayname', 'C:supported-calendar-component-set');
    const found = await multistatus(context, { method: 'PROPFIND', url: home, depth: '1', body });
    return found
      .filter(({ properties }) => at(properties, 'resourcetype', 'calendar') !== undefined)
      .map(({ url, properties }) => {
        const kinds = at(properties, 'supported-calendar-component-set', 'comp');
        const holdsEvents = !Array.isArray(kinds) || kinds.some((kind) => at(kind, '@_name') === 'VEVENT');
        return { url, name: textOf(properties['displayname']), holdsEvents };
      });
  },
});

/** Events in a span. */
export const searchEvents = defineAction({
  ...READ,
  type: 'caldav.eventSearch',
  title: 'CalDAV: Search events',
  description: 'Finds the events of a calendar in a span; those that repeat come each time.',
  icon: 'calendar-search',
  aliases: ['calendar', 'list', 'termin', 'kalender', 'suchen'],
  input: z.strictObject({
    calendar: CALENDAR,
    ...SPAN,
    text: z.string().max(500).default('').meta({ title: 'Text', description: 'In title, place or description.' }),
    maxItems: z
      .int()
      .min(1)
      .max(5_000)
      .default(250)
      .meta({ title: 'Events at most', field: { control: 'number' } }),
  }),
  output: EVENT,
  sample: EVENT_SAMPLE,
  run: async (context) => {
    const { calendar, text, maxItems } = context.input;
    const events = await queryEvents(context, calendar, spanOf(context.input));
    const wanted = text.toLowerCase();
    return events
      .filter(({ title, location, description }) => `${title}\n${location}\n${description}`.toLowerCase().includes(wanted))
      .slice(0, maxItems);
  },
});

/** When somebody is busy. */
export const freeBusy = defineAction({
  ...READ,
  type: 'caldav.freeBusy',
  title: 'CalDAV: When busy',
  description: 'Gives the times of a span in which the calendar is busy, put together.',
  icon: 'calendar-clock',
  aliases: ['availability', 'free', 'verfügbar', 'frei', 'belegt'],
  input: z.strictObject({ calendar: CALENDAR, ...SPAN }),
  output: z.object({ start: z.string(), end: z.string() }),
  sample: { start: '2026-11-23T09:00:00.000Z', end: '2026-11-23T09:15:00.000Z' },
  run: async (context) => {
    const span = spanOf(context.input);
    const busy: { fromMs: number; toMs: number }[] = [];
    for (const { start, end, isBusy } of await queryEvents(context, context.input.calendar, span)) {
      const [fromMs, toMs] = [Math.max(Date.parse(start), span.fromMs), Math.min(Date.parse(end), span.toMs)];
      const last = busy.at(-1);
      if (!isBusy || toMs <= fromMs) continue;
      if (last !== undefined && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
      else busy.push({ fromMs, toMs });
    }
    return busy.map(({ fromMs, toMs }) => ({ start: new Date(fromMs).toISOString(), end: new Date(toMs).toISOString() }));
  },
});

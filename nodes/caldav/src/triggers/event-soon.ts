import { createHash } from 'node:crypto';
import { definePolledTrigger, z } from '@millwright/node-sdk';
import { queryEvents } from '../calendar-query.ts';
import { EVENT, EVENT_SAMPLE, type CalendarEvent } from '../events.ts';
import { CALENDAR } from '../fields.ts';
import { CREDENTIALS } from '../server.ts';

/** How far back is made up for after nobody asked, ms. */
const MOST_BACK_MS = 7 * 86_400_000;

/** Servers are asked in whole seconds. */
const SECOND_MS = 1_000;

const STATE = z.object({
  /** When it was asked last, ms since 1970: events that start from then on are looked at again. */
  askedMs: z.number(),
  /** Starts that were told, each with when it is: until they are over. */
  told: z.array(z.tuple([z.string(), z.number()])),
});

function nameOf({ url, uid, start, recurrenceId }: CalendarEvent): string {
  return createHash('sha256').update([url, uid, start, recurrenceId].join('\n')).digest('base64url').slice(0, 22);
}

/** Events that start soon. */
export const eventSoon = definePolledTrigger({
  type: 'caldav.eventSoon',
  version: 1,
  title: 'CalDAV: Event starts soon',
  description: 'Starts some time before each event of a calendar; for those that repeat, each time.',
  icon: 'calendar-clock',
  aliases: ['calendar', 'reminder', 'termin', 'kalender', 'erinnerung'],
  every: '1m',
  asksFirst: false,
  credentials: CREDENTIALS,
  input: z.strictObject({
    calendar: CALENDAR,
    minutesBefore: z
      .int()
      .min(0)
      .max(10_080)
      .default(15)
      .meta({ title: 'Minutes before', description: 'A week at most.', field: { control: 'number' } }),
  }),
  output: EVENT,
  sample: EVENT_SAMPLE,
  poll: async (context) => {
    const { nowMs } = context;
    const { calendar, minutesBefore } = context.input;
    const before = context.state === null ? { askedMs: nowMs, told: [] } : STATE.parse(context.state);
    // A clock that was put back leaves the mark where it was.
    const fromMs = Math.max(Math.min(before.askedMs, nowMs), nowMs - MOST_BACK_MS);
    const toMs = nowMs + minutesBefore * 60_000 + 1;
    const found = (await queryEvents(context, calendar, { fromMs: fromMs - SECOND_MS, toMs: toMs + SECOND_MS }))
      .map((event) => ({ id: nameOf(event), startMs: Date.parse(event.start), data: event }))
      .filter(({ startMs, data }) => startMs >= fromMs && startMs < toMs && data.status !== 'cancelled');
    const told = new Set(before.told.map(([id]) => id));
    const events = found.filter(({ id }) => !told.has(id));
    const kept = before.told.filter(([, startMs]) => startMs >= nowMs);
    const added = events.filter(({ startMs }) => startMs >= nowMs).map(({ id, startMs }): [string, number] => [id, startMs]);
    return { events: events.map(({ id, data }) => ({ id, data })), state: { askedMs: nowMs, told: [...kept, ...added] } };
  },
});

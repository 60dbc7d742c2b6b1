import { defineAction, InvariantError, UserError, z } from '@millwright/node-sdk';
import { send, type Context } from '../dav.ts';
import { newCalendar, withChanged } from '../event-values.ts';
import { parseCalendar } from '../events.ts';
import { CALENDAR, EVENT_PLACE, VALUES } from '../fields.ts';
import { propertyOf, textOf, writeIcs } from '../ics.ts';
import { CREDENTIALS } from '../server.ts';

const WRITE = { version: 1, category: 'apps', effect: 'write', credentials: CREDENTIALS } as const;
const CALENDAR_TYPE = { 'content-type': 'text/calendar; charset=utf-8' };
const WRITTEN = z.object({ url: z.string(), etag: z.string(), uid: z.string() });
const SAMPLE = { url: 'https://calendar.example.com/dav/ada/team/1.ics', etag: '"1"', uid: '1' };

/** Creates an event. Its UID is the write's key, so that a second try finds it there instead of making another. */
export const createEvent = defineAction({
  ...WRITE,
  type: 'caldav.eventCreate',
  title: 'CalDAV: Create event',
  description: 'Puts an event into a calendar.',
  icon: 'calendar-plus',
  aliases: ['calendar', 'appointment', 'termin', 'kalender', 'anlegen'],
  onLostAnswer: 'resend',
  input: z.strictObject({
    calendar: CALENDAR,
    ...VALUES,
    location: VALUES.location.default(''),
    description: VALUES.description.default(''),
    rule: VALUES.rule.default(''),
    remindMinutes: VALUES.remindMinutes.default([]),
  }),
  output: WRITTEN,
  sample: SAMPLE,
  run: async (context) => {
    const { input, idempotencyKey: uid, nowMs } = context;
    if (uid === null) throw new InvariantError({ code: 'key_missing', message: 'a write runs without its key' });
    const url = new URL(`${encodeURIComponent(uid)}.ics`, input.calendar.endsWith('/') ? input.calendar : `${input.calendar}/`).href;
    const body = writeIcs(newCalendar(uid, { ...input, nowMs }));
    // 412: it is there already, from an earlier try of this very write.
    const { headers, status } = await send(context, {
      method: 'PUT',
      url,
      body,
      headers: { ...CALENDAR_TYPE, 'if-none-match': '*' },
      also: [412],
    });
    return { url, etag: status === 412 ? '' : (headers['etag'] ?? ''), uid };
  },
});

async function readEvent(context: Context, { url, etag }: { readonly url: string; readonly etag: string }) {
  const { body, headers } = await send(context, { method: 'GET', url });
  const calendar = parseCalendar({ text: typeof body === 'string' ? body : '', url });
  const component = calendar.components.find((one) => one.name === 'VEVENT' && propertyOf(one, 'RECURRENCE-ID') === undefined);
  const found = headers['etag'] ?? '';
  if (component === undefined || found === '')
    throw new UserError('unprocessable', {
      code: 'caldav_event_invalid',
      message: `${url} holds no event, or has no version`,
      hint: 'Choose an event that a search gave.',
      details: { sent: false },
    });
  if (etag === '' || etag === found) return { calendar, component, etag: found };
  throw new UserError('conflict', {
    code: 'caldav_changed',
    message: 'somebody has changed the event since it was read',
    hint: 'Nothing was done. Read it again.',
    details: { sent: false },
  });
}

/** Changes an event, of a recurring one all occurrences, unless somebody else did in between. */
export const updateEvent = defineAction({
  ...WRITE,
  type: 'caldav.eventUpdate',
  title: 'CalDAV: Change event',
  description: 'Changes what is filled in; the rest of the event stays, with everything that other programs put there.',
  icon: 'calendar-cog',
  aliases: ['calendar', 'termin', 'verschieben', 'ändern'],
  onLostAnswer: 'ask',
  input: z.strictObject({ ...EVENT_PLACE, ...z.object(VALUES).partial().shape }),
  output: WRITTEN,
  sample: SAMPLE,
  run: async (context) => {
    const { url, etag: wanted, ...values } = context.input;
    const { calendar, component, etag } = await readEvent(context, { url, etag: wanted });
    const body = writeIcs(withChanged(calendar, component, { ...values, nowMs: context.nowMs }));
    const { headers } = await send(context, { method: 'PUT', url, body, headers: { ...CALENDAR_TYPE, 'if-match': etag } });
    return { url, etag: headers['etag'] ?? '', uid: textOf(component, 'UID') };
  },
});

/** Deletes an event with all its occurrences. */
export const deleteEvent = defineAction({
  ...WRITE,
  type: 'caldav.eventDelete',
  title: 'CalDAV: Delete event',
  description: 'Deletes an event; of a recurring one all occurrences.',
  icon: 'calendar-x',
  aliases: ['calendar', 'termin', 'absagen', 'löschen'],
  // What is gone stays gone.
  onLostAnswer: 'resend',
  input: z.strictObject(EVENT_PLACE),
  output: z.object({ url: z.string(), wasThere: z.boolean() }),
  sample: { url: 'https://calendar.example.com/dav/ada/team/1.ics', wasThere: true },
  run: async (context) => {
    const { url, etag } = context.input;
    const { status } = await send(context, { method: 'DELETE', url, headers: etag === '' ? {} : { 'if-match': etag }, also: [404, 410] });
    return { url, wasThere: status < 400 };
  },
});

import { z } from '@millwright/node-sdk';

/** Parameters that name a calendar and a span. */
export const CALENDAR = z
  .string()
  .min(1)
  .max(2_000)
  .meta({ title: 'Calendar', description: 'Its address, as "List calendars" gives it.', field: { control: 'url' } });

/** From when to when. */
export const SPAN = {
  from: z
    .string()
    .min(1)
    .max(40)
    .meta({ title: 'From', field: { control: 'dateTime' } }),
  to: z
    .string()
    .min(1)
    .max(40)
    .meta({ title: 'To', field: { control: 'dateTime' } }),
};

/** Address and version of an event. */
export const EVENT_PLACE = {
  url: z
    .string()
    .min(1)
    .max(2_000)
    .meta({ title: 'Event', description: 'Its address, as a search gives it.', field: { control: 'url' } }),
  etag: z
    .string()
    .max(200)
    .default('')
    .meta({ title: 'ETag', description: 'The version that was read: if somebody changed the event since, nothing is done.' }),
};

const TIME = z.string().min(1).max(40);

/** What an event says. */
export const VALUES = {
  title: z.string().max(1_000).meta({ title: 'Title' }),
  start: TIME.meta({ title: 'Start', description: 'A time with its zone, or a day.', field: { control: 'dateTime' } }),
  end: TIME.meta({ title: 'End', description: 'Of whole days the one after the last.', field: { control: 'dateTime' } }),
  location: z.string().max(1_000).meta({ title: 'Place' }),
  description: z
    .string()
    .max(100_000)
    .meta({ title: 'Description', field: { control: 'multiline' } }),
  rule: z
    .string()
    .max(500)
    .meta({ title: 'Repeats', description: 'Empty for once.', field: { placeholder: 'FREQ=WEEKLY;COUNT=10' } }),
  remindMinutes: z
    .array(z.int().min(0).max(40_320))
    .max(10)
    .meta({ title: 'Reminders', description: 'Minutes before, as a list.', field: { control: 'json', placeholder: '[15]' } }),
};

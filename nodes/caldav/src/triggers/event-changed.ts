import { createHash } from 'node:crypto';
import { definePolledTrigger, UserError, z } from '@millwright/node-sdk';
import { sourcesOf } from '../calendar-query.ts';
import { at, multistatus, propfind, textOf, type Context } from '../dav.ts';
import { enteredEvents, EVENT, EVENT_SAMPLE } from '../events.ts';
import { CALENDAR } from '../fields.ts';
import { CREDENTIALS } from '../server.ts';

/** Files of a calendar that are kept in mind. */
const MOST = 20_000;
/** Files that are read at a time; what is beyond comes with the next poll, which follows at once. */
const AT_ONCE = 50;

const STATE = z.object({
  /** What the server calls the calendar's present version; empty where it has no name for it. */
  version: z.string(),
  /** Short hashes of the files' addresses, each with that of its version. */
  files: z.record(z.string(), z.string()),
});
type State = z.output<typeof STATE>;

function short(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** The calendar's version: its sync token (RFC 6578), else its ctag; empty where there is neither. */
async function versionOf(context: Context, url: string): Promise<string> {
  const [calendar] = await multistatus(context, { method: 'PROPFIND', url, depth: '0', body: propfind('D:sync-token', 'S:getctag') });
  return textOf(calendar?.properties['sync-token']) || textOf(calendar?.properties['getctag']);
}

/** Addresses of the calendar's files with their versions. */
async function listed(context: Context, url: string): Promise<ReadonlyMap<string, string>> {
  const found = await multistatus(context, { method: 'PROPFIND', url, depth: '1', body: propfind('D:getetag', 'D:resourcetype') });
  const files = found.filter(
    ({ properties }) => at(properties, 'resourcetype', 'collection') === undefined && textOf(properties['getetag']) !== '',
  );
  if (files.length <= MOST) return new Map(files.map((file) => [file.url, textOf(file.properties['getetag'])]));
  throw new UserError('unprocessable', {
    code: 'caldav_calendar_large',
    message: `the calendar holds more than ${MOST} events`,
    hint: 'Take another calendar for what is to start runs, or search a span on a schedule.',
    details: { sent: true },
  });
}

/** Reads files; their versions are those of what was read. */
async function readFiles(context: Context, calendar: string, urls: readonly string[]) {
  if (urls.length === 0) return [];
  const hrefs = urls.map((url) => `<D:href>${escaped(new URL(url).pathname)}</D:href>`).join('');
  const body =
    '<?xml version="1.0" encoding="utf-8"?><C:calendar-multiget xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">' +
    `<D:prop><D:getetag/><C:calendar-data/></D:prop>${hrefs}</C:calendar-multiget>`;
  return sourcesOf(await multistatus(context, { method: 'REPORT', url: calendar, depth: '1', body }));
}

function namesOf(files: ReadonlyMap<string, string>): State['files'] {
  return Object.fromEntries([...files].map(([url, etag]) => [short(url), short(etag)]));
}

/** What changed since a state. @returns events with the state to go on from; `hasMore` where files are left */
async function changesSince(context: Context, calendar: string, before: State) {
  const version = await versionOf(context, calendar);
  if (version !== '' && version === before.version) return { events: [], state: before };
  const files = await listed(context, calendar);
  const urls = [...files].flatMap(([url, etag]) => (before.files[short(url)] === short(etag) ? [] : [url]));
  const now = urls.slice(0, AT_ONCE);
  const sources = await readFiles(context, calendar, now);
  const events = sources.flatMap((source) => {
    const change: 'added' | 'changed' = before.files[short(source.url)] === undefined ? 'added' : 'changed';
    return enteredEvents(source).map((event) => ({
      id: `${short(source.url)}/${short(source.etag)}/${short(event.uid)}`,
      data: { ...event, change },
    }));
  });
  const hasMore = now.length < urls.length;
  // Files that are gone are forgotten; those not read yet are as they were known.
  const kept = [...files.keys()].flatMap((url): readonly [string, string][] => {
    const known = before.files[short(url)];
    return known === undefined ? [] : [[short(url), known]];
  });
  const read = now.map((url): [string, string] => [
    short(url),
    short(sources.find((one) => one.url === url)?.etag ?? files.get(url) ?? ''),
  ]);
  const state: State = { version: hasMore ? '' : version, files: Object.fromEntries([...kept, ...read]) };
  return { events, state, hasMore };
}

/** New and changed events of a calendar. */
export const eventChanged = definePolledTrigger({
  type: 'caldav.eventChanged',
  version: 1,
  title: 'CalDAV: Event added or changed',
  description: 'Starts for each event that is entered into a calendar, or changed there.',
  icon: 'calendar-plus',
  aliases: ['calendar', 'nextcloud', 'icloud', 'termin', 'kalender', 'neu', 'geändert'],
  every: '1m',
  credentials: CREDENTIALS,
  input: z.strictObject({ calendar: CALENDAR }),
  output: EVENT.extend({ change: z.enum(['added', 'changed']) }),
  sample: { ...EVENT_SAMPLE, change: 'added' as const },
  poll: async (context) => {
    const { calendar } = context.input;
    if (context.state !== null) return changesSince(context, calendar, STATE.parse(context.state));
    if (context.takesAll) return changesSince(context, calendar, { version: '', files: {} });
    // The version first: what comes while files are listed is looked at again.
    const version = await versionOf(context, calendar);
    return { events: [], state: { version, files: namesOf(await listed(context, calendar)) } };
  },
});

import { UserError } from '@millwright/node-sdk';
import { multistatus, textOf, type Context, type Resource } from './dav.ts';
import { eventsOf, type CalendarEvent, type Source, type Span } from './events.ts';
import { stamp } from './times.ts';

/** Longest span that is asked for, in days. */
const MOST_DAYS = 800;

function invalid(field: string, message: string): UserError {
  return new UserError('invalid', {
    code: 'parameter_invalid',
    message,
    hint: 'Write 2026-11-21T10:00:00Z, or a day.',
    details: { field: `parameters.${field}`, sent: false },
  });
}

/** Reads a span. @throws UserError `parameter_invalid` */
export function spanOf({ from, to }: { readonly from: string; readonly to: string }): Span {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  if (Number.isNaN(fromMs)) throw invalid('from', `"${from.slice(0, 60)}" is no time`);
  if (Number.isNaN(toMs) || toMs <= fromMs) throw invalid('to', `"${to.slice(0, 60)}" is no time after the beginning`);
  if (toMs - fromMs > MOST_DAYS * 86_400_000) throw invalid('to', `more than ${MOST_DAYS} days are too much at once`);
  return { fromMs, toMs };
}

/** Resources with their text; those that are gone are left out. */
export function sourcesOf(found: readonly Resource[]): readonly Source[] {
  return found
    .map(({ url, properties }) => ({ url, etag: textOf(properties['getetag']), text: textOf(properties['calendar-data']) }))
    .filter(({ text }) => text !== '');
}

/** The events of a calendar in a span, the earliest first; recurring ones each time. */
export async function queryEvents(context: Context, calendar: string, span: Span): Promise<readonly CalendarEvent[]> {
  const body =
    '<?xml version="1.0" encoding="utf-8"?><C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/><C:calendar-data/></D:prop>' +
    `<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range start="${stamp(span.fromMs)}" end="${stamp(span.toMs)}"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>`;
  const found = await multistatus(context, { method: 'REPORT', url: calendar, depth: '1', body });
  return sourcesOf(found)
    .flatMap((source) => eventsOf(source, span))
    .sort((one, other) => Date.parse(one.start) - Date.parse(other.start));
}

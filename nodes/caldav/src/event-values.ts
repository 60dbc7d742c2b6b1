import { UserError } from '@millwright/node-sdk';
import { endOf } from './events.ts';
import { escaped, propertyOf, withProperty, type IcsComponent, type IcsProperty } from './ics.ts';
import { parseRule } from './recurrence.ts';
import { millisOf, stamp, timeOf } from './times.ts';
import { zonesOf } from './zones.ts';

/** What is written into an event; absent stays as it is. */
export interface EventValues {
  readonly title?: string | undefined;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly location?: string | undefined;
  readonly description?: string | undefined;
  readonly rule?: string | undefined;
  readonly remindMinutes?: readonly number[] | undefined;
}

function invalid(field: string, message: string, hint: string): UserError {
  return new UserError('invalid', { code: 'parameter_invalid', message, hint, details: { field: `parameters.${field}`, sent: false } });
}

type Value = Omit<IcsProperty, 'name'>;

function plain(value: string): Value {
  return { parameters: '', value };
}

/** A day stays a day; an instant is written in UTC. */
function timeValue(text: string, field: string): Value {
  const ms = Date.parse(text);
  if (!Number.isNaN(ms) && /^\d{4}-\d\d-\d\d$/.test(text)) return { parameters: ';VALUE=DATE', value: stamp(ms, true) };
  if (!Number.isNaN(ms) && /([Zz]|[+-]\d\d:?\d\d)$/.test(text)) return plain(stamp(ms));
  throw invalid(
    field,
    `"${text.slice(0, 60)}" is no time with a zone and no day`,
    'Write 2026-11-21T10:00:00+01:00, or 2026-11-21 for the whole day.',
  );
}

function ruleValue(rule: string): Value | null {
  const parsed = rule === '' ? '' : parseRule(rule);
  if (parsed === null) throw invalid('rule', `"${rule.slice(0, 100)}" is no rule`, 'Write FREQ=WEEKLY;BYDAY=MO;COUNT=10.');
  return parsed === '' ? null : plain(parsed);
}

function withReminders(component: IcsComponent, minutes: readonly number[]): IcsComponent {
  const alarms = minutes.map((before) => ({
    name: 'VALARM',
    properties: [
      { name: 'ACTION', ...plain('DISPLAY') },
      { name: 'DESCRIPTION', ...plain('Reminder') },
      { name: 'TRIGGER', ...plain(`${before > 0 ? '-' : ''}PT${Math.abs(before)}M`) },
    ],
    components: [],
  }));
  return { ...component, components: [...component.components.filter(({ name }) => name !== 'VALARM'), ...alarms] };
}

function withText(component: IcsComponent, name: string, text: string | undefined): IcsComponent {
  const parameters = propertyOf(component, name)?.parameters ?? '';
  return text === undefined ? component : withProperty(component, name, { parameters, value: escaped(text) });
}

function checkTimes(component: IcsComponent, calendar: IcsComponent): void {
  const zones = zonesOf(calendar);
  const start = timeOf(component, 'DTSTART', zones);
  const end = timeOf(component, 'DTEND', zones);
  if (start === null || (end !== null && end.isDay !== start.isDay) || endOf(component, start, zones) < millisOf(start))
    throw invalid(
      'end',
      'the event ends before it starts, or mixes days and times',
      'Let it end after it starts; both are days, or both are times.',
    );
}

/** An event with values written into it. @param calendar the file it is in @throws UserError `parameter_invalid` */
function withValues(component: IcsComponent, calendar: IcsComponent, values: EventValues & { readonly nowMs: number }): IcsComponent {
  let changed = withText(component, 'SUMMARY', values.title);
  changed = withText(changed, 'LOCATION', values.location);
  changed = withText(changed, 'DESCRIPTION', values.description);
  if (values.start !== undefined) changed = withProperty(changed, 'DTSTART', timeValue(values.start, 'start'));
  if (values.end !== undefined) changed = withProperty(withProperty(changed, 'DURATION', null), 'DTEND', timeValue(values.end, 'end'));
  checkTimes(changed, calendar);
  if (values.rule !== undefined) changed = withProperty(changed, 'RRULE', ruleValue(values.rule));
  if (values.remindMinutes !== undefined) changed = withReminders(changed, values.remindMinutes);
  return withProperty(changed, 'DTSTAMP', plain(stamp(values.nowMs)));
}

/** A file with one of its events changed, and counted as changed. @throws UserError `parameter_invalid` */
export function withChanged(
  calendar: IcsComponent,
  component: IcsComponent,
  values: EventValues & { readonly nowMs: number },
): IcsComponent {
  const sequence = Number.parseInt(propertyOf(component, 'SEQUENCE')?.value ?? '0', 10) || 0;
  const changed = withProperty(withValues(component, calendar, values), 'SEQUENCE', plain(String(sequence + 1)));
  return { ...calendar, components: calendar.components.map((one) => (one === component ? changed : one)) };
}

/** A new event as a calendar file. @param uid names it for good @throws UserError `parameter_invalid` */
export function newCalendar(uid: string, values: EventValues & { readonly nowMs: number }): IcsComponent {
  const properties = [
    { name: 'VERSION', ...plain('2.0') },
    { name: 'PRODID', ...plain('-//Millwright//EN') },
  ];
  const calendar = { name: 'VCALENDAR', properties, components: [] };
  const event = { name: 'VEVENT', properties: [{ name: 'UID', ...plain(escaped(uid)) }], components: [] };
  return { ...calendar, components: [withValues(event, calendar, values)] };
}

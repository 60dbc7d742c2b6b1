import { describe, expect, it } from 'vitest';
import { newCalendar, withChanged } from './event-values.ts';
import { eventsOf, parseCalendar } from './events.ts';
import { parseIcs, writeIcs } from './ics.ts';

const file = (...lines: readonly string[]): string => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: readonly string[]): readonly string[] => ['BEGIN:VEVENT', 'UID:u', ...lines, 'END:VEVENT'];
const read = (text: string, from: string, to: string) =>
  eventsOf({ url: 'u', etag: 'e', text }, { fromMs: Date.parse(from), toMs: Date.parse(to) });
const starts = (text: string, from: string, to: string) => read(text, from, to).map(({ start }) => start);

const BERLIN = event(
  'DTSTART;TZID=Europe/Berlin:20261019T090000',
  'DTEND;TZID=Europe/Berlin:20261019T100000',
  'RRULE:FREQ=WEEKLY;UNTIL=20261102T080000Z',
);
const DESCRIBED = [
  'BEGIN:VTIMEZONE',
  'TZID:Office Time',
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];
const ACROSS = ['2026-10-19T07:00:00.000Z', '2026-10-26T08:00:00.000Z', '2026-11-02T08:00:00.000Z'];

describe('events of a calendar file', () => {
  it('keep the clock of their zone across a change of clocks, up to and with UNTIL', () => {
    expect(starts(file(...BERLIN), '2026-10-01', '2026-12-01')).toEqual(ACROSS);
  });

  it('follow the zone that the file itself describes where its name is of no database', () => {
    const lines = BERLIN.map((line) => line.replace('Europe/Berlin', 'Office Time'));
    expect(starts(file(...DESCRIBED, ...lines), '2026-10-01', '2026-12-01')).toEqual(ACROSS);
  });

  it('leave out EXDATE, add RDATE, and put a changed occurrence in place of its own, also one moved into the span', () => {
    const text = file(
      ...event(
        'SUMMARY:a',
        'DTSTART:20261101T090000Z',
        'DURATION:PT1H',
        'RRULE:FREQ=DAILY;COUNT=4',
        'EXDATE:20261102T090000Z',
        'RDATE:20261110T090000Z',
      ),
      ...event('SUMMARY:b', 'DTSTART:20261031T120000Z', 'RECURRENCE-ID:20261103T090000Z'),
    );
    expect(
      read(text, '2026-10-01', '2026-12-01')
        .map(({ title, start }) => title + start.slice(5, 13))
        .sort(),
    ).toEqual(['a11-01T09', 'a11-04T09', 'a11-10T09', 'b10-31T12']);
    expect(starts(text, '2026-10-31', '2026-11-01')).toEqual(['2026-10-31T12:00:00.000Z']);
  });

  it('follow a change of all that come after', () => {
    const text = file(
      ...event('DTSTART:20261101T090000Z', 'RRULE:FREQ=DAILY;COUNT=3'),
      ...event('DTSTART:20261102T100000Z', 'RECURRENCE-ID;RANGE=THISANDFUTURE:20261102T090000Z'),
    );
    expect(starts(text, '2026-10-01', '2026-12-01').sort()).toEqual([
      '2026-11-01T09:00:00.000Z',
      '2026-11-02T10:00:00.000Z',
      '2026-11-03T10:00:00.000Z',
    ]);
  });

  it('of days stay days, without an end one day long', () => {
    expect(read(file(...event('DTSTART;VALUE=DATE:20261224')), '2026-12-01', '2027-01-01')).toMatchObject([
      { start: '2026-12-24', end: '2026-12-25', isAllDay: true },
    ]);
  });

  it.each(['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=HOURLY;INTERVAL=24;BYHOUR=3', 'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30', 'NONSENSE'])(
    'a rule that never comes true ends: %s',
    (rule) => {
      expect(starts(file(...event('DTSTART:20260101T000000Z', `RRULE:${rule}`)), '2026-01-01', '2027-01-01')).toEqual([]);
    },
  );

  it('a rule of each second ends at the bound', () => {
    expect(starts(file(...event('DTSTART:20260101T000000Z', 'RRULE:FREQ=SECONDLY')), '2026-01-01', '2027-01-01')).toHaveLength(10_000);
  });

  it.each(['', 'no calendar', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR', 'BEGIN:VCARD\r\nEND:VCARD'])(
    '%o is no calendar file',
    (text) => {
      expect(() => parseCalendar({ text, url: 'u' })).toThrow(/is no calendar file/);
    },
  );
});

describe('writing', () => {
  it('folds at 75 octets and reads the same again', () => {
    const title = `${'ä'.repeat(90)}; a,b\\n\n"c"`;
    const text = writeIcs(newCalendar('k', { title, start: '2026-11-21T10:00:00+01:00', end: '2026-11-21T11:00:00+01:00', nowMs: 0 }));
    expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(read(text, '2026-11-21', '2026-11-22')).toMatchObject([{ uid: 'k', title, start: '2026-11-21T09:00:00.000Z' }]);
  });

  it('keeps what other programs put there', () => {
    const calendar = parseIcs(
      file(
        ...DESCRIBED,
        ...event('DTSTART;TZID=Office Time:20261121T090000', 'ATTENDEE;CN="A: B;C":mailto:a@example.com', 'X-OWN:1\\,2', 'SEQUENCE:4'),
      ),
    );
    const component = calendar.components.find(({ name }) => name === 'VEVENT');
    const text = writeIcs(withChanged(calendar, component ?? calendar, { title: 'New', nowMs: 0 }));
    for (const line of [
      ...DESCRIBED,
      'DTSTART;TZID=Office Time:20261121T090000',
      'ATTENDEE;CN="A: B;C":mailto:a@example.com',
      'X-OWN:1\\,2',
      'SUMMARY:New',
      'SEQUENCE:5',
    ])
      expect(text).toContain(`${line}\r\n`);
  });
});

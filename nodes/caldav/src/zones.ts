import { propertyOf, textOf, type IcsComponent } from './ics.ts';
import { startsOf, utcTime } from './recurrence.ts';
import { namedZone, timeOf, UTC, type Zone } from './times.ts';

/** Changes of clocks are looked up until here. */
const LAST_MS = Date.UTC(2100, 0, 1);

function offsetOf(observance: IcsComponent, name: string): number {
  const [, sign, hours, minutes, seconds = 0] = /^([+-])(\d\d)(\d\d)(\d\d)?$/.exec(propertyOf(observance, name)?.value.trim() ?? '') ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1000 : 1000) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}

/** A zone as the file itself describes it. */
function describedZone(description: IcsComponent): Zone {
  const changes = description.components
    .flatMap((observance) => {
      const start = timeOf(observance, 'DTSTART', () => UTC);
      if (start === null) return [];
      const first = utcTime(start.wallMs);
      const rule = propertyOf(observance, 'RRULE');
      const starts = rule === undefined ? [first] : startsOf(rule.value, first, LAST_MS);
      return starts.map(({ wallMs }) => ({
        wallMs,
        fromMs: offsetOf(observance, 'TZOFFSETFROM'),
        toMs: offsetOf(observance, 'TZOFFSETTO'),
      }));
    })
    .sort((one, other) => one.wallMs - other.wallMs);
  return (wallMs) => wallMs - (changes.findLast((change) => change.wallMs <= wallMs)?.toMs ?? changes[0]?.fromMs ?? 0);
}

/** The zones of one calendar file by TZID: names of the time zone database, else what its VTIMEZONE says; others count as UTC. */
export function zonesOf(calendar: IcsComponent): (tzid: string) => Zone {
  const known = new Map<string, Zone>();
  const described = calendar.components.filter(({ name }) => name === 'VTIMEZONE');
  return (tzid) => {
    const description = described.find((one) => textOf(one, 'TZID') === tzid);
    const zone = known.get(tzid) ?? namedZone(tzid) ?? (description === undefined ? UTC : describedZone(description));
    known.set(tzid, zone);
    return zone;
  };
}

import { RRuleTemporal } from 'rrule-temporal';
import { millisOf, parseTime, stamp, UTC, type EventTime, type Zone } from './times.ts';

/** Steps of one rule at most: one that repeats each second for years ends here. */
const MOST_STEPS = 10_000;
const RULE = /^FREQ=(SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)(;[A-Z]+=[A-Z0-9,+-]+)*$/;

/** In capitals, FREQ first, as the check and older readers want it. */
function sorted(rule: string): string {
  const parts = rule
    .trim()
    .toUpperCase()
    .split(';')
    .filter((part) => part !== '');
  return [...parts.filter((part) => part.startsWith('FREQ=')), ...parts.filter((part) => !part.startsWith('FREQ='))].join(';');
}

function compile(rule: string, wallMs: number): RRuleTemporal | null {
  if (!RULE.test(rule)) return null;
  try {
    return new RRuleTemporal({ rruleString: `DTSTART:${stamp(wallMs)}\nRRULE:${rule}`, maxIterations: MOST_STEPS });
  } catch {
    return null;
  }
}

/** The rule as it is written, or null for what is none. */
export function parseRule(rule: string): string | null {
  const text = sorted(rule.replace(/^RRULE:/i, ''));
  return compile(text, 0) === null ? null : text;
}

/** What the clock shows at an instant, as if it were UTC. */
function wallAt(zone: Zone, ms: number): number {
  const near = ms + (ms - zone(ms));
  return ms + (near - zone(near));
}

/** UNTIL is an instant where the start has a zone; the clock of the start counts here. */
function localUntil(rule: string, zone: Zone): string {
  return rule.replace(/(;UNTIL=)([^;]+)/, (whole: string, name: string, text: string) => {
    const until = parseTime(text, zone);
    if (until === null) return whole;
    return `${name}${stamp(until.isDay ? until.wallMs + 86_399_000 : wallAt(zone, millisOf(until)))}`;
  });
}

/** The starts that a rule gives before an instant, by the clock of the first; none for a rule that is none. */
export function startsOf(rule: string, first: EventTime, toMs: number): readonly EventTime[] {
  const found: EventTime[] = [];
  const compiled = compile(localUntil(sorted(rule), first.zone), first.wallMs);
  const add = (wallMs: number): boolean => {
    const time = { ...first, wallMs };
    if (millisOf(time) >= toMs) return false;
    found.push(time);
    return true;
  };
  try {
    compiled?.all((next, steps) => steps < MOST_STEPS && add(next.epochMilliseconds));
  } catch {
    // The library throws at its bound; what was found until there counts.
  }
  return found;
}

/** A start in UTC, of which a rule gives others. */
export function utcTime(wallMs: number): EventTime {
  return { isDay: false, wallMs, zone: UTC };
}

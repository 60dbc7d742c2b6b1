import { dateCost } from '../costs.ts';

/** Functions of dates and durations that cost more, measured; the language of a date makes some of them slow. */
const more: ReadonlyMap<string, number> = new Map([
  ['toRelativeCalendar', 2500],
  ['toRelative', 2000],
  ['setLocale', 300],
  ['toHuman', 600],
  ['hasSame', 600],
  ['endOf', 500],
  ['endOfMonth', 500],
  ['diff', 300],
  ['diffTo', 300],
  ['diffToNow', 300],
  ['diffNow', 300],
  ['until', 300],
  ['isInLast', 300],
  ['plus', 250],
  ['minus', 250],
  ['set', 200],
  ['isDst', 250],
]);
const movingCost = 500;

/** What a function of dates or durations costs, by its name. */
export function dateCostOf(name: string): number {
  if (/^set(?:UTC)?(?:FullYear|Month|Date|Hours|Minutes|Seconds|Milliseconds|Time)$/u.test(name)) return movingCost;
  return more.get(name) ?? dateCost;
}

import type { Method, MethodTable } from './spec.ts';

/** What looking for an address in text, or converting its bytes or letters, costs at least, in units of work. */
export const textCost = 15;
/** What reading a date out of text costs the host, in units of work (about 0.1 µs each). */
export const parseCost = 250;
/** What making another date, or one of its texts, costs. */
export const dateCost = 120;
/** What reading a part of a date costs: some are names in a language. */
export const partCost = 30;

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

/**
 * The functions of a table, paid for before they are performed: Luxon and the host's formatters cost more than a step of the interpreter.
 * @param fixed the same for all; default by name, as for dates
 */
export function charged<Self>(table: MethodTable<Self>, fixed?: number): MethodTable<Self> {
  return Object.fromEntries(
    Object.entries(table).map(([name, method]): [string, Method<Self>] => {
      const cost = fixed ?? costOf(name);
      return [
        name,
        {
          ...method,
          perform: (self, args, run) => {
            run.spend(cost);
            return method.perform(self, args, run);
          },
        },
      ];
    }),
  );
}

function costOf(name: string): number {
  if (/^set(?:UTC)?(?:FullYear|Month|Date|Hours|Minutes|Seconds|Milliseconds|Time)$/u.test(name)) return movingCost;
  return more.get(name) ?? dateCost;
}

import type { Method, MethodTable } from './spec.ts';

/** What looking for an address in text, or converting its bytes or letters, costs at least, in units of work. */
export const textCost = 15;
/** What reading a date out of text costs the host, in units of work (about 0.1 µs each). */
export const parseCost = 250;
/** What making another date, or one of its texts, costs. */
export const dateCost = 120;
/** What reading a part of a date costs: some are names in a language. */
export const partCost = 30;

/**
 * The functions of a table, paid for before they are performed: Luxon and the host's formatters cost more than a step of the interpreter.
 * @param costOf units of work, by the name of the function
 */
export function charged<Self>(table: MethodTable<Self>, costOf: (name: string) => number): MethodTable<Self> {
  return Object.fromEntries(
    Object.entries(table).map(([name, method]): [string, Method<Self>] => {
      const cost = costOf(name);
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

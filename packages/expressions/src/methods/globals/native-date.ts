import { partOf } from '../../parts/parts.ts';
import type { MethodTable } from '../spec.ts';

/** `Date`: only what needs no `new`. */
export const dateFunctions: MethodTable<undefined> = {
  now: { signature: '()', doc: 'Milliseconds since 1970, now', example: 'Date.now()', perform: (_self, _args, run) => run.scope.nowMs },
  UTC: {
    signature: '(year, month, day?, ...)',
    doc: 'Milliseconds since 1970 of parts in UTC, the month from 0',
    example: 'Date.UTC(2026, 0, 31)',
    perform: (_self, args) => {
      const [year = 1970, month = 0, ...rest] = args.values.map((_, index) => args.number(index));
      return Date.UTC(year, month, ...rest.slice(0, 5));
    },
  },
  parse: {
    signature: '(text)',
    doc: 'Milliseconds since 1970 of a date as text',
    example: "Date.parse('2026-11-21')",
    perform: (_self, args, run) => partOf('dates').fromText(args.text(0), run).toMillis(),
  },
};

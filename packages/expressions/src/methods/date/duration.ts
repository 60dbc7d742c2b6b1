import type { Duration } from 'luxon';
import { unitNamed } from './units.ts';
import type { MethodTable } from '../spec.ts';

/** What a duration can do (Luxon). */
export const durationMethods: MethodTable<Duration> = {
  as: {
    signature: '(unit)',
    doc: 'All of it in one unit',
    example: "$now.diff($today).as('hours')",
    perform: (self, args) => self.as(unitNamed(args.value(0))),
  },
  toMillis: {
    signature: '()',
    doc: 'All of it in milliseconds',
    example: '$now.diff($today).toMillis()',
    perform: (self) => self.toMillis(),
  },
  toObject: { signature: '()', doc: 'Its parts', example: '$now.diff($today).toObject()', perform: (self) => self.toObject() },
  toISO: { signature: '()', doc: 'As ISO text', example: '$now.diff($today).toISO()', perform: (self) => self.toISO() },
  toHuman: { signature: '()', doc: 'As people say it', example: "$now.diff($today, 'hours').toHuman()", perform: (self) => self.toHuman() },
};

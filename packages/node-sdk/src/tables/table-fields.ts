import { z } from 'zod';
import { field } from '../field.ts';
import { CELL } from './cells.ts';

/** Parameters of nodes that work with tables. */
export const tableFields = {
  /** Which row names the columns. */
  headerRow: field.int('Row with the names', { most: 10_000_000 }).default(1),
  /** Rows of cells, as they are. */
  cells: field.list('Rows', z.array(CELL).max(18_278), {
    description: 'A list of rows, each a list of cells: [["Ada", 36]].',
    least: 1,
    most: 10_000,
  }),
  /** Rows by the names of columns. */
  rows: field
    .list('Rows', z.record(z.string(), z.json()), {
      description: 'A list of objects; their fields go into the columns of the same name. Empty: the incoming items.',
      most: 10_000,
    })
    .optional(),
  /** What becomes of fields without a column. */
  unknown: field.choice('Fields without a column', { refuse: 'Are an error', ignore: 'Are left out' }).default('refuse'),
  /** Which column tells rows apart. */
  key: field.text('Column that tells rows apart', { max: 200, placeholder: 'Email' }),
  /** What becomes of rows that are not there. */
  missing: field.choice('Rows that are not there', { append: 'Append', skip: 'Leave out' }).default('append'),
} as const;

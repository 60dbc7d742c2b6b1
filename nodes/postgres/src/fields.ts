import { z } from '@millwright/node-sdk';

const NAME = z.string().min(1).max(63);

/** Parameters that name a table. */
export const TABLE = {
  schema: NAME.default('public').meta({ title: 'Schema' }),
  table: NAME.meta({ title: 'Table', field: { placeholder: 'customers' } }),
};

/** Rows to write: an object, or a list of them. */
export const ROWS = z.union([z.record(NAME, z.json()), z.array(z.record(NAME, z.json())).min(1).max(1000)]).meta({
  title: 'Rows',
  description: 'An object of columns, or a list of up to 1,000 of them, which are written together.',
  field: { control: 'json' },
});

/** Values to set. */
export const VALUES = z.record(NAME, z.json()).meta({ title: 'Values', description: 'An object of columns.', field: { control: 'json' } });

/** Which rows: all columns have to have their value. */
export const WHERE = z
  .array(z.strictObject({ name: z.string().max(63), value: z.json().default(null) }))
  .max(50)
  .default([])
  .meta({ title: 'Where', description: 'Column and value; null for empty, a list for one of several.', field: { control: 'keyValue' } });

/** Consent to touch every row. */
export const ALL_ROWS = z
  .boolean()
  .default(false)
  .meta({
    title: 'All rows',
    description: 'Without a condition, every row of the table is meant.',
    field: { control: 'switch', expression: false },
  });

/** One row. */
export const ROW = z.record(z.string(), z.json());

import { field, z } from '@millwright/node-sdk';

/** Which file. */
export const spreadsheet = z
  .string()
  .regex(/^[\w-]{10,200}$/)
  .meta({
    title: 'Spreadsheet',
    description: 'Its id: what stands between "/d/" and "/edit" in its address.',
    field: {
      placeholder: '1qpyC0XzvTcKT6EISywvqESX3A0MwQoFDE8p-Bll4hps',
      load: { options: 'spreadsheets', fromUrl: 'spreadsheets/d/([\\w-]+)' },
    },
  });

/** Which sheet of it. */
export const sheet = z
  .string()
  .min(1)
  .max(100)
  .meta({ title: 'Sheet', field: { placeholder: 'Sheet1', load: { options: 'sheets', dependsOn: ['spreadsheet'] } } });

/** Cells, in A1 notation. */
export const range = z
  .string()
  .min(1)
  .max(500)
  .meta({
    title: 'Range',
    description: "Like Sheet1!A2:C10; 'My sheet'!A:C where the name has spaces.",
    field: { placeholder: 'Sheet1!A1:C10' },
  });

/** What a cell may hold. */
export const CELL = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Rows of cells. */
export const values = z
  .array(z.array(CELL).max(18_278))
  .min(1)
  .max(10_000)
  .meta({ title: 'Rows', description: 'A list of rows, each a list of cells: [["Ada", 36]].', field: { control: 'json' } });

/** How written values are taken. */
export const written = field
  .choice('Values are', { USER_ENTERED: 'Read as if typed in: dates, formulas', RAW: 'Kept as they are' })
  .default('USER_ENTERED');

/** How read values come. */
export const shown = field
  .choice('Values as', { UNFORMATTED_VALUE: 'Numbers and texts', FORMATTED_VALUE: 'Shown in the sheet', FORMULA: 'Formulas' })
  .default('UNFORMATTED_VALUE');

/** Which row names the columns. */
export const headerRow = z
  .int()
  .min(1)
  .max(10_000_000)
  .default(1)
  .meta({ title: 'Row with the names', field: { control: 'number' } });

/** A sheet's name in A1 notation. */
export function quoted(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

import { field, z } from '@millwright/node-sdk';

/** Which file. */
export const spreadsheet = field.pattern('Spreadsheet', /^[\w-]{10,200}$/, {
  description: 'Its id: what stands between "/d/" and "/edit" in its address.',
  placeholder: '1qpyC0XzvTcKT6EISywvqESX3A0MwQoFDE8p-Bll4hps',
  load: { options: 'spreadsheets', fromUrl: 'spreadsheets/d/([\\w-]+)' },
});

/** Which sheet of it. */
export const sheet = field.text('Sheet', { max: 100, placeholder: 'Sheet1', load: { options: 'sheets', dependsOn: ['spreadsheet'] } });

/** Cells, in A1 notation. */
export const range = field.text('Range', {
  max: 500,
  description: "Like Sheet1!A2:C10; 'My sheet'!A:C where the name has spaces.",
  placeholder: 'Sheet1!A1:C10',
});

/** How written values are taken. */
export const written = field
  .choice('Values are', { USER_ENTERED: 'Read as if typed in: dates, formulas', RAW: 'Kept as they are' })
  .default('USER_ENTERED');

/** How read values come. */
export const shown = field
  .choice('Values as', { UNFORMATTED_VALUE: 'Numbers and texts', FORMATTED_VALUE: 'Shown in the sheet', FORMULA: 'Formulas' })
  .default('UNFORMATTED_VALUE');

/** Where examples happen. */
export const of = { spreadsheet: '1qpyC0XzvTcKT6EISywvqESX3A0MwQoFDE8p-Bll4hps' };

/** What comes out of changes of a file. */
export const changed = { schema: z.object({ spreadsheetId: z.string() }), sample: { spreadsheetId: of.spreadsheet } };

import { action, CELL, field, idempotent, isJsonObject, listIn, tableFields, toCell, z } from '@millwright/node-sdk';
import { of as file, range, shown, spreadsheet, written } from '../fields.ts';

const values = tableFields.cells;
const of = { ...file, range: 'Sheet1!A2:B3' };
const rows = [['Ada', 36]];
const write = { input: z.strictObject({ spreadsheet, range, values, written }), example: { ...of, values: rows } };
const updated = {
  schema: z.object({ updatedRange: z.string(), updatedRows: z.int() }),
  sample: { updatedRange: of.range, updatedRows: 1 },
};
const DATES = { dateTimeRenderOption: 'FORMATTED_STRING' };

export const rangeGet = action({
  title: 'Get range',
  description: 'Reads cells as a list of rows.',
  aliases: ['read', 'cells', 'bereich', 'zellen', 'lesen'],
  effect: 'read',
  input: z.strictObject({ spreadsheet, range, shown }),
  request: { get: '/v4/spreadsheets/{{spreadsheet}}/values/{{range}}', query: { valueRenderOption: '{{shown}}', ...DATES } },
  output: {
    schema: z.object({ range: z.string(), values: z.array(z.array(CELL)) }),
    sample: { range: of.range, values: rows },
    // Where nothing is written, Sheets leaves the list out.
    map: (body, { input }) => {
      const found = listIn(isJsonObject(body) ? body['values'] : undefined);
      return { range: input.range, values: found.map((row) => listIn(row).map(toCell)) };
    },
  },
  example: of,
});

export const rangeUpdate = action({
  title: 'Update range',
  description: 'Writes cells over those that are there. An empty text clears a cell, null leaves it.',
  aliases: ['write', 'cells', 'bereich', 'zellen', 'schreiben'],
  effect: idempotent.natural('spreadsheet', 'range'),
  ...write,
  request: {
    put: '/v4/spreadsheets/{{spreadsheet}}/values/{{range}}',
    query: { valueInputOption: '{{written}}' },
    body: { majorDimension: 'ROWS', values: '{{values}}' },
  },
  output: updated,
});

export const rangeUpdateMany = action({
  title: 'Update several ranges',
  description: 'Writes cells at several places at once: all of them, or none.',
  aliases: ['batch', 'write', 'bereiche', 'schreiben'],
  effect: idempotent.natural('spreadsheet', 'data'),
  input: z.strictObject({
    spreadsheet,
    data: field.list('Ranges with their rows', z.strictObject({ range, values }), { least: 1, most: 10_000 }),
    written,
  }),
  request: {
    post: '/v4/spreadsheets/{{spreadsheet}}/values:batchUpdate',
    body: { valueInputOption: '{{written}}', data: '{{data}}' },
  },
  output: { schema: z.object({ totalUpdatedRows: z.int() }), sample: { totalUpdatedRows: 1 } },
  example: { spreadsheet: of.spreadsheet, data: [{ range: of.range, values: rows }] },
});

export const rangeAppend = action({
  title: 'Append cells',
  description: 'Writes rows below the table that the range is in.',
  aliases: ['add', 'row', 'zeile', 'anhängen'],
  // Sheets takes no keys, and two rows may be alike.
  effect: idempotent.unsafe(),
  ...write,
  request: {
    post: '/v4/spreadsheets/{{spreadsheet}}/values/{{range}}:append',
    query: { valueInputOption: '{{written}}', insertDataOption: 'INSERT_ROWS' },
    body: { majorDimension: 'ROWS', values: '{{values}}' },
  },
  output: { at: 'body.updates', ...updated },
});

export const rangeClear = action({
  title: 'Clear range',
  description: 'Empties cells; how they look stays.',
  aliases: ['delete', 'cells', 'bereich', 'leeren'],
  effect: idempotent.natural('spreadsheet', 'range'),
  input: z.strictObject({ spreadsheet, range }),
  request: { post: '/v4/spreadsheets/{{spreadsheet}}/values/{{range}}:clear', body: {} },
  output: { schema: z.object({ clearedRange: z.string() }), sample: { clearedRange: of.range } },
  example: of,
});

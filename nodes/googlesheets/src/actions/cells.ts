import { action, idempotent, isJsonObject, z, type JsonValue } from '@millwright/node-sdk';
import { CELL, range, shown, spreadsheet, values, written } from '../fields.ts';
import { toCell } from '../table.ts';

const of = { spreadsheet: '1qpyC0XzvTcKT6EISywvqESX3A0MwQoFDE8p-Bll4hps', range: 'Sheet1!A2:B3' };
const rows = [['Ada', 36]];
const updated = z.object({ updatedRange: z.string(), updatedRows: z.int() });
const sample = { updatedRange: of.range, updatedRows: 1 };
const DATES = { dateTimeRenderOption: 'FORMATTED_STRING' };

export const rangeGet = action({
  title: 'Get range',
  description: 'Reads cells as a list of rows.',
  aliases: ['read', 'cells', 'bereich', 'zellen', 'lesen'],
  effect: 'read',
  limit: 'reads',
  input: z.strictObject({ spreadsheet, range, shown }),
  request: { get: '/v4/spreadsheets/{{spreadsheet}}/values/{{range}}', query: { valueRenderOption: '{{shown}}', ...DATES } },
  output: {
    schema: z.object({ range: z.string(), values: z.array(z.array(CELL)) }),
    sample: { range: of.range, values: rows },
    // Where nothing is written, Sheets leaves the list out.
    map: (body, { input }) => {
      const found = isJsonObject(body) ? body['values'] : null;
      const list: readonly JsonValue[] = Array.isArray(found) ? (found as readonly JsonValue[]) : [];
      return { range: input.range, values: list.map((row) => (Array.isArray(row) ? (row as readonly JsonValue[]).map(toCell) : [])) };
    },
  },
  example: of,
});

export const rangeUpdate = action({
  title: 'Update range',
  description: 'Writes cells over those that are there. An empty text clears a cell, null leaves it.',
  aliases: ['write', 'cells', 'bereich', 'zellen', 'schreiben'],
  effect: idempotent.natural('spreadsheet', 'range'),
  limit: 'writes',
  input: z.strictObject({ spreadsheet, range, values, written }),
  request: {
    put: '/v4/spreadsheets/{{spreadsheet}}/values/{{range}}',
    query: { valueInputOption: '{{written}}' },
    body: { majorDimension: 'ROWS', values: '{{values}}' },
  },
  output: { schema: updated, sample },
  example: { ...of, values: rows },
});

export const rangeUpdateMany = action({
  title: 'Update several ranges',
  description: 'Writes cells at several places at once: all of them, or none.',
  aliases: ['batch', 'write', 'bereiche', 'schreiben'],
  effect: idempotent.natural('spreadsheet', 'data'),
  limit: 'writes',
  input: z.strictObject({
    spreadsheet,
    data: z
      .array(z.strictObject({ range, values }))
      .min(1)
      .max(10_000)
      .meta({ title: 'Ranges with their rows', field: { control: 'json' } }),
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
  limit: 'writes',
  input: z.strictObject({ spreadsheet, range, values, written }),
  request: {
    post: '/v4/spreadsheets/{{spreadsheet}}/values/{{range}}:append',
    query: { valueInputOption: '{{written}}', insertDataOption: 'INSERT_ROWS' },
    body: { majorDimension: 'ROWS', values: '{{values}}' },
  },
  output: { at: 'body.updates', schema: updated, sample },
  example: { ...of, values: rows },
});

export const rangeClear = action({
  title: 'Clear range',
  description: 'Empties cells; how they look stays.',
  aliases: ['delete', 'cells', 'bereich', 'leeren'],
  effect: idempotent.natural('spreadsheet', 'range'),
  limit: 'writes',
  input: z.strictObject({ spreadsheet, range }),
  request: { post: '/v4/spreadsheets/{{spreadsheet}}/values/{{range}}:clear', body: {} },
  output: { schema: z.object({ clearedRange: z.string() }), sample: { clearedRange: of.range } },
  example: of,
});

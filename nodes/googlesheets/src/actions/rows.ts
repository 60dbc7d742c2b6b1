import { action, CELL, cellsOf, field, idempotent, isJsonObject, listIn, namedRow, single, tableFields, z } from '@millwright/node-sdk';
import { changed, of, sheet, shown, spreadsheet } from '../fields.ts';

const { headerRow } = tableFields;

export const rowList = action({
  title: 'Get rows',
  description: 'Reads rows as items, with the names of the first row as fields and "rowNumber".',
  aliases: ['read', 'list', 'all', 'zeilen', 'lesen'],
  effect: 'read',
  pages: single({ items: 'body.valueRanges[1].values' }),
  input: z.strictObject({
    spreadsheet,
    sheet,
    columns: field.pattern('Columns', /^[A-Z]{1,3}:[A-Z]{1,3}$/, { placeholder: 'A:Z' }).default('A:Z'),
    headerRow,
    firstRow: field.numeric('From row', { least: 1, description: 'Empty: the one below the names.' }).optional(),
    shown,
  }),
  request: {
    get: '/v4/spreadsheets/{{spreadsheet}}/values:batchGet',
    query: ({ input }) => {
      const [from = 'A', to = 'Z'] = input.columns.split(':');
      const first = input.firstRow ?? input.headerRow + 1;
      return {
        ranges: [`${from}${input.headerRow}:${to}${input.headerRow}`, `${from}${first}:${to}`].map((one) => cellsOf(input.sheet, one)),
        valueRenderOption: input.shown,
        dateTimeRenderOption: 'FORMATTED_STRING',
      };
    },
  },
  output: {
    schema: z.record(z.string(), CELL),
    sample: { rowNumber: 2, Name: 'Ada', Age: 36 },
    map: (row, { input, answer }) => {
      const found = listIn(isJsonObject(answer.body) ? answer.body['valueRanges'] : undefined);
      const [names = [], rows = []] = found.map((one) => listIn(isJsonObject(one) ? one['values'] : undefined));
      const from = input.columns.split(':')[0] ?? 'A';
      return namedRow(row, { header: names[0], rows, firstRow: input.firstRow ?? input.headerRow + 1, from });
    },
  },
  example: { ...of, sheet: 'Sheet1' },
});

export const rowDelete = action({
  title: 'Delete rows',
  description: 'Takes rows out; those below move up.',
  aliases: ['remove', 'zeilen', 'löschen'],
  // A second time it would take out those that moved up.
  effect: idempotent.unsafe(),
  input: z.strictObject({
    spreadsheet,
    sheetId: field.numeric('Sheet', {
      description: 'Its number: "gid" in its address.',
      load: { options: 'sheetIds', dependsOn: ['spreadsheet'], fromUrl: 'gid=(\\d+)' },
    }),
    row: field.int('First row'),
    count: field.int('How many', { most: 100_000 }).default(1),
  }),
  request: {
    post: '/v4/spreadsheets/{{spreadsheet}}:batchUpdate',
    body: ({ input: { sheetId, row, count } }) => ({
      requests: [{ deleteDimension: { range: { sheetId, dimension: 'ROWS', startIndex: row - 1, endIndex: row - 1 + count } } }],
    }),
  },
  output: changed,
  example: { ...of, sheetId: 0, row: 5 },
});

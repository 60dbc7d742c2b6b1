import { action, field, idempotent, isJsonObject, type JsonValue, single, z } from '@millwright/node-sdk';
import { CELL, headerRow, quoted, sheet, shown, spreadsheet } from '../fields.ts';
import { letters, namesOf, toCell, type Cell } from '../table.ts';

const of = { spreadsheet: '1qpyC0XzvTcKT6EISywvqESX3A0MwQoFDE8p-Bll4hps', sheet: 'Sheet1' };

function rowsOf(body: JsonValue, index: number): readonly JsonValue[] {
  const ranges = isJsonObject(body) ? body['valueRanges'] : null;
  const found: unknown = Array.isArray(ranges) ? ranges[index] : null;
  const rows = isJsonObject(found) ? found['values'] : null;
  return Array.isArray(rows) ? (rows as readonly JsonValue[]) : [];
}

const places = new WeakMap<readonly JsonValue[], ReadonlyMap<JsonValue, number>>();

/** Where a row is among those that came with it; reckoned once for an answer. */
function placeOf(rows: readonly JsonValue[], row: JsonValue): number {
  const known = places.get(rows) ?? new Map(rows.map((one, index) => [one, index]));
  places.set(rows, known);
  return known.get(row) ?? 0;
}

/** Cells by the names in the header; columns without one by their letters. */
function named(header: readonly JsonValue[], cells: JsonValue, from: string): Record<string, Cell> {
  const names = namesOf(header);
  const list: readonly JsonValue[] = Array.isArray(cells) ? (cells as readonly JsonValue[]) : [];
  return Object.fromEntries(
    list.map((cell, index) => {
      const name = names[index] ?? '';
      return [name === '' ? letters(from, index) : name, toCell(cell)];
    }),
  );
}

export const rowList = action({
  title: 'Get rows',
  description: 'Reads rows as items, with the names of the first row as fields and "rowNumber".',
  aliases: ['read', 'list', 'all', 'zeilen', 'lesen'],
  effect: 'read',
  limit: 'reads',
  pages: single({ items: 'body.valueRanges[1].values' }),
  input: z.strictObject({
    spreadsheet,
    sheet,
    columns: z
      .string()
      .regex(/^[A-Z]{1,3}:[A-Z]{1,3}$/)
      .default('A:Z')
      .meta({ title: 'Columns', field: { placeholder: 'A:Z' } }),
    headerRow,
    firstRow: z.coerce
      .number()
      .int()
      .min(1)
      .optional()
      .meta({ title: 'From row', description: 'Empty: the one below the names.', field: { control: 'number' } }),
    shown,
  }),
  request: {
    get: '/v4/spreadsheets/{{spreadsheet}}/values:batchGet',
    query: ({ input }) => {
      const [from = 'A', to = 'Z'] = input.columns.split(':');
      const name = quoted(input.sheet);
      const first = input.firstRow ?? input.headerRow + 1;
      return {
        ranges: [`${name}!${from}${input.headerRow}:${to}${input.headerRow}`, `${name}!${from}${first}:${to}`],
        valueRenderOption: input.shown,
        dateTimeRenderOption: 'FORMATTED_STRING',
      };
    },
  },
  output: {
    schema: z.record(z.string(), CELL),
    sample: { rowNumber: 2, Name: 'Ada', Age: 36 },
    map: (cells, { input, answer }) => {
      const [header = []] = rowsOf(answer.body, 0);
      const first = input.firstRow ?? input.headerRow + 1;
      const rowNumber = first + placeOf(rowsOf(answer.body, 1), cells);
      return { rowNumber, ...named(Array.isArray(header) ? header : [], cells, input.columns.split(':')[0] ?? 'A') };
    },
  },
  example: of,
});

export const rowDelete = action({
  title: 'Delete rows',
  description: 'Takes rows out; those below move up.',
  aliases: ['remove', 'zeilen', 'löschen'],
  // A second time it would take out those that moved up.
  effect: idempotent.unsafe(),
  limit: 'writes',
  input: z.strictObject({
    spreadsheet,
    sheetId: z.coerce
      .number()
      .int()
      .min(0)
      .meta({
        title: 'Sheet',
        description: 'Its number: "gid" in its address.',
        field: { load: { options: 'sheetIds', dependsOn: ['spreadsheet'], fromUrl: 'gid=(\\d+)' } },
      }),
    row: field.int('First row'),
    count: z
      .int()
      .min(1)
      .max(100_000)
      .default(1)
      .meta({ title: 'How many', field: { control: 'number' } }),
  }),
  request: {
    post: '/v4/spreadsheets/{{spreadsheet}}:batchUpdate',
    body: ({ input: { sheetId, row, count } }) => ({
      requests: [{ deleteDimension: { range: { sheetId, dimension: 'ROWS', startIndex: row - 1, endIndex: row - 1 + count } } }],
    }),
  },
  output: { schema: z.object({ spreadsheetId: z.string() }), sample: { spreadsheetId: of.spreadsheet } },
  example: { spreadsheet: of.spreadsheet, sheetId: 0, row: 5 },
});

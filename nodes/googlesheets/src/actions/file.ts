import { action, idempotent, isJsonObject, z } from '@millwright/node-sdk';
import { spreadsheet } from '../fields.ts';

const of = { spreadsheet: '1qpyC0XzvTcKT6EISywvqESX3A0MwQoFDE8p-Bll4hps' };
const file = z.object({ spreadsheetId: z.string(), spreadsheetUrl: z.string() });
const sample = { spreadsheetId: of.spreadsheet, spreadsheetUrl: `https://docs.google.com/spreadsheets/d/${of.spreadsheet}/edit` };
const title = z.string().min(1).max(100).meta({ title: 'Title' });

export const spreadsheetGet = action({
  title: 'Get spreadsheet',
  description: 'Reads what a file is called and which sheets it has; not its cells.',
  aliases: ['read', 'sheets', 'tabelle', 'datei'],
  effect: 'read',
  limit: 'reads',
  input: z.strictObject({ spreadsheet }),
  request: {
    get: '/v4/spreadsheets/{{spreadsheet}}',
    query: { fields: 'spreadsheetId,spreadsheetUrl,properties,sheets.properties' },
  },
  output: { schema: file, sample },
  example: of,
});

export const spreadsheetCreate = action({
  title: 'Create spreadsheet',
  description: 'Makes a new file.',
  aliases: ['new', 'tabelle', 'datei', 'anlegen'],
  effect: idempotent.unsafe(),
  limit: 'writes',
  input: z.strictObject({
    title,
    sheets: z
      .array(title)
      .max(100)
      .default([])
      .meta({ title: 'Sheets', description: 'Their names. Empty: one.', field: { control: 'json' } }),
  }),
  request: {
    post: '/v4/spreadsheets',
    body: ({ input }) => ({ properties: { title: input.title }, sheets: input.sheets.map((name) => ({ properties: { title: name } })) }),
  },
  output: { schema: file, sample },
  example: { title: 'Orders', sheets: ['2026'] },
});

export const spreadsheetBatch = action({
  title: 'Change spreadsheet',
  description: 'Any changes of cells, looks and sheets as Google names them: all of them, or none.',
  aliases: ['batch update', 'format', 'tabelle', 'formatieren'],
  effect: idempotent.unsafe(),
  limit: 'writes',
  input: z.strictObject({
    spreadsheet,
    requests: z
      .array(z.record(z.string(), z.json()))
      .min(1)
      .max(1000)
      .meta({ title: 'Changes', description: 'A list like [{ "addSheet": { … } }].', field: { control: 'json' } }),
  }),
  request: { post: '/v4/spreadsheets/{{spreadsheet}}:batchUpdate', body: { requests: '{{requests}}' } },
  output: { schema: z.object({ spreadsheetId: z.string() }), sample: { spreadsheetId: of.spreadsheet } },
  example: { ...of, requests: [{ updateSpreadsheetProperties: { properties: { title: 'Orders' }, fields: 'title' } }] },
});

export const sheetAdd = action({
  title: 'Add sheet',
  description: 'Adds a sheet to a file; one of this name that is there stays as it is.',
  aliases: ['new', 'tab', 'blatt', 'anlegen'],
  effect: idempotent.natural('spreadsheet', 'title'),
  limit: 'writes',
  input: z.strictObject({ spreadsheet, title }),
  request: {
    post: '/v4/spreadsheets/{{spreadsheet}}:batchUpdate',
    body: { requests: [{ addSheet: { properties: { title: '{{title}}' } } }] },
  },
  errors: { done: [{ status: 400, text: 'already exists' }] },
  output: {
    at: 'body.replies[0].addSheet.properties',
    schema: z.object({ title: z.string(), sheetId: z.int().nullable() }),
    sample: { title: '2026', sheetId: 1_204_330 },
    map: (made, { input }) => {
      const sheetId = isJsonObject(made) ? made['sheetId'] : null;
      return { title: input.title, sheetId: typeof sheetId === 'number' ? sheetId : null };
    },
  },
  example: { ...of, title: '2026' },
});

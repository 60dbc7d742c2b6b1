import { action, field, idempotent, isJsonObject, z } from '@millwright/node-sdk';
import { changed, of, spreadsheet } from '../fields.ts';

const file = {
  schema: changed.schema.extend({ spreadsheetUrl: z.string() }),
  sample: { ...changed.sample, spreadsheetUrl: `https://docs.google.com/spreadsheets/d/${of.spreadsheet}/edit` },
};
const title = z.string().min(1).max(100).meta({ title: 'Title' });

export const spreadsheetGet = action({
  title: 'Get spreadsheet',
  description: 'Reads what a file is called and which sheets it has; not its cells.',
  aliases: ['read', 'sheets', 'tabelle', 'datei'],
  effect: 'read',
  input: z.strictObject({ spreadsheet }),
  request: {
    get: '/v4/spreadsheets/{{spreadsheet}}',
    query: { fields: 'spreadsheetId,spreadsheetUrl,properties,sheets.properties' },
  },
  output: file,
  example: of,
});

export const spreadsheetCreate = action({
  title: 'Create spreadsheet',
  description: 'Makes a new file.',
  aliases: ['new', 'tabelle', 'datei', 'anlegen'],
  effect: idempotent.unsafe(),
  input: z.strictObject({
    title,
    sheets: field.list('Sheets', title, { description: 'Their names. Empty: one.' }).default([]),
  }),
  request: {
    post: '/v4/spreadsheets',
    body: ({ input }) => ({ properties: { title: input.title }, sheets: input.sheets.map((name) => ({ properties: { title: name } })) }),
  },
  output: file,
  example: { title: 'Orders', sheets: ['2026'] },
});

export const spreadsheetBatch = action({
  title: 'Change spreadsheet',
  description: 'Any changes of cells, looks and sheets as Google names them: all of them, or none.',
  aliases: ['batch update', 'format', 'tabelle', 'formatieren'],
  effect: idempotent.unsafe(),
  input: z.strictObject({
    spreadsheet,
    requests: field.list('Changes', z.record(z.string(), z.json()), {
      description: 'A list like [{ "addSheet": { … } }].',
      least: 1,
      most: 1000,
    }),
  }),
  request: { post: '/v4/spreadsheets/{{spreadsheet}}:batchUpdate', body: { requests: '{{requests}}' } },
  output: changed,
  example: { ...of, requests: [{ updateSpreadsheetProperties: { properties: { title: 'Orders' }, fields: 'title' } }] },
});

export const sheetAdd = action({
  title: 'Add sheet',
  description: 'Adds a sheet to a file; one of this name that is there stays as it is.',
  aliases: ['new', 'tab', 'blatt', 'anlegen'],
  effect: idempotent.natural('spreadsheet', 'title'),
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

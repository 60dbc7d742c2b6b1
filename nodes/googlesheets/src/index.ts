import { defineConnector, google, list, per, window, type ConnectorPackage } from '@millwright/node-sdk';
import * as cells from './actions/cells.ts';
import * as files from './actions/file.ts';
import * as rows from './actions/rows.ts';
import de from './locales/de.json' with { type: 'json' };
import { rowNodes } from './row-nodes.ts';
import { rowAdded } from './triggers.ts';

const sheetNames = (value: string) =>
  list({
    request: { get: '/v4/spreadsheets/{{spreadsheet}}', query: { fields: 'sheets.properties' } },
    items: 'body.sheets',
    value: `properties.${value}`,
    label: 'properties.title',
  });

const googlesheets: ConnectorPackage = defineConnector({
  key: 'googlesheets',
  title: 'Google Sheets',
  version: '1.0.0',
  categories: ['documents'],
  icon: 'table',
  baseUrl: 'https://sheets.googleapis.com',
  hosts: ['sheets.googleapis.com', 'www.googleapis.com'],
  // Drive is asked only for names: of the person, and of spreadsheets to choose from.
  auth: google.auth({
    scopes: ['https://www.googleapis.com/auth/spreadsheets', 'https://www.googleapis.com/auth/drive.metadata.readonly'],
    apis: ['Google Sheets API', 'Google Drive API'],
  }),
  test: google.person,
  // https://developers.google.com/workspace/sheets/api/limits: 60 a minute and person, reads and writes apart.
  limits: { reads: window(60, '1m', per('credential')), writes: window(60, '1m', per('credential')) },
  errors: google.errors,
  pages: { files: google.pages('files') },
  options: {
    spreadsheets: google.files('spreadsheet', 'files'),
    sheets: sheetNames('title'),
    sheetIds: sheetNames('sheetId'),
  },
  actions: {
    'row.list': rows.rowList,
    'row.delete': rows.rowDelete,
    'range.get': cells.rangeGet,
    'range.append': cells.rangeAppend,
    'range.update': cells.rangeUpdate,
    'range.updateMany': cells.rangeUpdateMany,
    'range.clear': cells.rangeClear,
    'spreadsheet.get': files.spreadsheetGet,
    'spreadsheet.create': files.spreadsheetCreate,
    'spreadsheet.batch': files.spreadsheetBatch,
    'sheet.add': files.sheetAdd,
  },
  triggers: { 'row.added': rowAdded },
  nodes: rowNodes(() => googlesheets.connector),
  locales: { de },
});

export default googlesheets;

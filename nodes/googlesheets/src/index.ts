import {
  cursor,
  defineConnector,
  jwt,
  list,
  oauth2,
  openField,
  per,
  window,
  z,
  type ConnectorPackage,
  type ConnectorTriggerSpec,
} from '@millwright/node-sdk';
import * as cells from './actions/cells.ts';
import * as files from './actions/file.ts';
import * as rows from './actions/rows.ts';
import { headerRow, sheet, spreadsheet } from './fields.ts';
import de from './locales/de.json' with { type: 'json' };
import { rowNodes } from './row-nodes.ts';

const DRIVE = 'https://www.googleapis.com/drive/v3';
// Drive is asked only for names: of the person, and of spreadsheets to choose from.
const SCOPES = ['https://www.googleapis.com/auth/spreadsheets', 'https://www.googleapis.com/auth/drive.metadata.readonly'];

const rowAdded: ConnectorTriggerSpec = {
  title: 'Row added',
  description: 'When a row is added below the others; asked for every minute. Rows that are taken out or sorted are not noticed.',
  aliases: ['new', 'poll', 'neue zeile'],
  input: z.strictObject({ spreadsheet, sheet, headerRow }),
  output: { schema: z.record(z.string(), z.json()), sample: { rowNumber: 2, Name: 'Ada', Age: 36 } },
  example: { spreadsheet: '1qpyC0XzvTcKT6EISywvqESX3A0MwQoFDE8p-Bll4hps', sheet: 'Sheet1' },
  poll: {
    use: 'row.list',
    input: { spreadsheet: '{{spreadsheet}}', sheet: '{{sheet}}', headerRow: '{{headerRow}}', firstRow: '{{cursor}}' },
    every: '1m',
    cursor: { field: 'rowNumber' },
    dedupe: 'rowNumber',
    // The oldest come first: where the last one is, only all of them tell.
    firstItems: 1_000_000,
  },
};

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
  auth: {
    oauth: oauth2({
      label: 'Sign in with Google',
      authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      revokeUrl: 'https://oauth2.googleapis.com/revoke',
      tokenAuth: 'body',
      scopes: SCOPES,
      // Google gives a refresh token only when it is asked for consent.
      extraParams: { access_type: 'offline', prompt: 'consent' },
      console: {
        url: 'https://console.cloud.google.com/apis/credentials',
        notes:
          'OAuth client ID of the kind "Web application"; enter the callback address. Switch on the Google Sheets API and the Google Drive API.',
      },
    }),
    serviceAccount: jwt({
      label: 'Service account',
      fields: [openField('clientEmail', 'Email of the service account', { placeholder: 'robot@project.iam.gserviceaccount.com' })],
      claims: { iss: '{{fields.clientEmail}}', aud: 'https://oauth2.googleapis.com/token' },
      scopes: SCOPES,
      exchange: {
        url: 'https://oauth2.googleapis.com/token',
        method: 'POST',
        body: { as: 'form', values: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: '{{assertion}}' } },
        token: 'body.access_token',
        expiresIn: 'body.expires_in',
      },
    }),
  },
  test: { get: `${DRIVE}/about`, query: { fields: 'user' }, show: '{{user.emailAddress}}' },
  // https://developers.google.com/workspace/sheets/api/limits: 60 a minute and person, reads and writes apart.
  limits: { reads: window(60, '1m', per('credential')), writes: window(60, '1m', per('credential')) },
  errors: {
    message: 'body.error.message',
    code: 'body.error.status',
    rate: [429, 'RESOURCE_EXHAUSTED', { status: 403, text: 'rate limit' }],
  },
  pages: { files: cursor({ items: 'body.files', send: 'query.pageToken', from: 'body.nextPageToken', size: ['query.pageSize', 100] }) },
  options: {
    spreadsheets: list({
      request: {
        get: `${DRIVE}/files`,
        query: {
          q: "mimeType='application/vnd.google-apps.spreadsheet' and trashed=false",
          fields: 'nextPageToken,files(id,name)',
          orderBy: 'modifiedTime desc',
        },
      },
      items: 'body.files',
      value: 'id',
      label: 'name',
      pages: 'files',
    }),
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

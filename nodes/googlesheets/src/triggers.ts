import { tableFields, z, type ConnectorTriggerSpec } from '@millwright/node-sdk';
import { of, sheet, spreadsheet } from './fields.ts';

export const rowAdded: ConnectorTriggerSpec = {
  title: 'Row added',
  description: 'When a row is added below the others; asked for every minute. Rows that are taken out or sorted are not noticed.',
  aliases: ['new', 'poll', 'neue zeile'],
  input: z.strictObject({ spreadsheet, sheet, headerRow: tableFields.headerRow }),
  output: { schema: z.record(z.string(), z.json()), sample: { rowNumber: 2, Name: 'Ada', Age: 36 } },
  example: { ...of, sheet: 'Sheet1' },
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

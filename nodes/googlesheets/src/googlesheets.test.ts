import { describeConnector } from '@millwright/testing/connectors';
import googlesheets from './index.ts';

describeConnector(googlesheets, {
  contract: 'google/sheets-v4.json',
  mock: {
    // The description is cut short where answers are deep.
    answers: {
      'sheets.spreadsheets.values.batchGet': {
        body: { valueRanges: [{ values: [['Name', '', 'Age']] }, { values: [['Ada', 'x', 36], ['Grace']] }] },
      },
    },
  },
});

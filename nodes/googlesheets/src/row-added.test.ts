import { createConnectorRuntime } from '@millwright/connector-runtime';
import { ContractMock } from '@millwright/contract-mock';
import { readContract } from '@millwright/testing/connectors';
import { describe, expect, it } from 'vitest';
import googlesheets from './index.ts';

const description = readContract('google/sheets-v4.json');
const { connector, credentialTypes } = googlesheets;
const [type] = credentialTypes;

/** A sheet of one column that grows. */
function openSheet(count: number) {
  const names = Array.from({ length: count }, (_, index) => [`row ${index + 2}`]);
  const mock = new ContractMock(description ?? '', {
    answers: {
      'sheets.spreadsheets.values.batchGet': ({ request }) => {
        const from = Number(/A(\d+):Z$/.exec(request.url.searchParams.getAll('ranges')[1] ?? '')?.[1]);
        return { body: { valueRanges: [{ values: [['Name']] }, { values: names.slice(from - 2) }] } };
      },
    },
  });
  const lent = { credentialId: 'cred_1', type: '', fields: {}, hosts: connector.hosts, generation: 0 };
  const token = { accessToken: 't', tokenType: 'Bearer', expiresAtMs: null, extra: {} };
  const runtime = createConnectorRuntime({
    egress: mock,
    lender: {
      lend: (_ref, work) => work({ ...lent, token, auth: type?.auth ?? { kind: 'none', label: '', fields: [] } }),
      renew: () => Promise.resolve(),
    },
  });
  return { names, runtime, mock };
}

describe.skipIf(description === null)('row added', () => {
  it('the first time it goes by all rows, however many; then only those below are new', async () => {
    const { names, runtime, mock } = openSheet(1500);
    const poll = connector.triggers['row.added']?.poll;
    if (poll === undefined) throw new Error('the trigger asks for nothing');
    const input = { spreadsheet: '1qpyC0XzvTcKT6EISywvqESX3A0MwQoFDE8p-Bll4hps', sheet: 'Sheet1', headerRow: 1 };
    const of = { connector, poll, credential: { workspaceId: 'ws', credentialId: 'cred_1' }, input, signal: AbortSignal.timeout(60_000) };
    const first = await runtime.poll({ ...of, state: null });
    expect(first).toMatchObject({ events: [], state: { cursor: '1501' } });
    names.push(['new'], ['newer']);
    const second = await runtime.poll({ ...of, state: first.state });
    expect(second.events.map(({ data }) => data)).toEqual([
      { rowNumber: 1502, Name: 'new' },
      { rowNumber: 1503, Name: 'newer' },
    ]);
    expect((await runtime.poll({ ...of, state: second.state })).events).toEqual([]);
    expect(mock.refused).toEqual([]);
  });
});

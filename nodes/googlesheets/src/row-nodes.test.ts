import type { JsonObject, JsonValue } from '@millwright/node-sdk';
import { openConnectorBench, readContract } from '@millwright/testing/connectors';
import { describe, expect, it } from 'vitest';
import googlesheets from './index.ts';

const description = readContract('google/sheets-v4.json');
const where = { spreadsheet: '1qpyC0XzvTcKT6EISywvqESX3A0MwQoFDE8p-Bll4hps', sheet: "Ada's" };

/** A sheet with a header and two rows, and what was written into it. */
function openSheet() {
  const written: JsonValue[] = [];
  const read = (range: JsonValue | undefined): JsonValue => {
    if (range === "'Ada''s'!1:1") return { range, values: [['Email', 'Name', '', 'Age']] };
    return range === "'Ada''s'!A2:A" ? { range, values: [['ada@example.com'], [], ['grace@example.com']] } : {};
  };
  const write = (body: JsonValue | undefined, answer: JsonObject) => {
    written.push(body ?? null);
    return { body: answer };
  };
  const bench = openConnectorBench(googlesheets, description ?? '', {
    contract: '',
    mock: {
      answers: {
        'sheets.spreadsheets.values.get': ({ decoded }) => ({ body: read(decoded.path['range']) }),
        'sheets.spreadsheets.values.append': ({ decoded }) => write(decoded.body, { updates: { updatedRange: 'x', updatedRows: 1 } }),
        'sheets.spreadsheets.values.batchUpdate': ({ decoded }) => write(decoded.body, { totalUpdatedRows: 1 }),
      },
    },
  });
  return { bench, written };
}

describe.skipIf(description === null)('rows by the names of columns', () => {
  it('append: all rows leave in one request that the description accepts, each value in its column', async () => {
    const { bench, written } = openSheet();
    const out = await bench.run('row.append', { ...where, rows: [{ Age: 36, Email: 'new@example.com' }, { Name: 'Alan' }] });
    expect(out.map(({ json }) => json)).toEqual([{ appended: 2 }]);
    expect(bench.requests().map(({ refusal }) => refusal)).toEqual([null, null]);
    expect(bench.requests().at(-1)?.url).toContain(
      "/values/'Ada''s'!A1%3AD1:append?valueInputOption=USER_ENTERED&insertDataOption=INSERT_ROWS",
    );
    expect(written).toMatchObject([
      {
        values: [
          ['new@example.com', '', '', 36],
          ['', 'Alan', '', ''],
        ],
      },
    ]);
  });

  it('upsert: rows that are there change in what is named, others are added; all is accepted', async () => {
    const { bench, written } = openSheet();
    const rows = [
      { Email: 'grace@example.com', Age: 85 },
      { Email: 'alan@example.com', Name: 'Alan' },
    ];
    const out = await bench.run('row.upsert', { ...where, key: 'Email', rows });
    expect(out.map(({ json }) => json)).toEqual([{ updated: 1, appended: 1 }]);
    expect(bench.requests().every(({ refusal }) => refusal === null)).toBe(true);
    expect(written).toMatchObject([
      { data: [{ range: "'Ada''s'!A4:D4", values: [['grace@example.com', null, null, 85]] }] },
      { values: [['alan@example.com', 'Alan', '', '']] },
    ]);
  });

  it('upsert: rows that are not there may be left out', async () => {
    const { bench, written } = openSheet();
    const out = await bench.run('row.upsert', { ...where, key: 'Email', missing: 'skip', rows: [{ Email: 'alan@example.com' }] });
    expect(out.map(({ json }) => json)).toEqual([{ updated: 0, appended: 0 }]);
    expect(written).toEqual([]);
  });

  it.each([
    ['row.append', { rows: [{ Phone: 1 }] }, 'column_unknown'],
    ['row.upsert', { key: 'Phone', rows: [{ Phone: 1 }] }, 'column_unknown'],
    ['row.upsert', { key: 'Email', rows: [{ Name: 'Alan' }] }, 'key_missing'],
    ['row.append', { headerRow: 9, rows: [{ Name: 'Alan' }] }, 'header_missing'],
    ['row.append', { headerRow: 'x', rows: [] }, 'parameter_invalid'],
  ])('%s %j is refused before anything is written: %s', async (key, own, code) => {
    const { bench, written } = openSheet();
    await expect(bench.run(key, { ...where, ...own })).rejects.toMatchObject({ code });
    expect(written).toEqual([]);
  });

  it('a service that fails at the write is told, and not asked twice', async () => {
    const failing = openConnectorBench(googlesheets, description ?? '', {
      contract: '',
      mock: {
        answers: {
          'sheets.spreadsheets.values.get': { body: { values: [['Name']] } },
          'sheets.spreadsheets.values.append': { status: 503 },
        },
      },
    });
    await expect(failing.run('row.append', { ...where, rows: [{ Name: 'Alan' }] })).rejects.toMatchObject({ kind: 'transient' });
    expect(failing.requests().filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

describe.skipIf(description === null)('row.list', () => {
  it('names fields by the header, columns without one by their letter, and counts rows', async () => {
    const bench = openConnectorBench(googlesheets, description ?? '', {
      contract: '',
      mock: {
        answers: {
          'sheets.spreadsheets.values.batchGet': {
            body: { valueRanges: [{ values: [['Name', '']] }, { values: [['Ada', 'x'], ['Grace']] }] },
          },
        },
      },
    });
    const items = await bench.run('row.list', { ...where, columns: 'C:E', headerRow: 3 });
    expect(items.map(({ json }) => json)).toEqual([
      { rowNumber: 4, Name: 'Ada', D: 'x' },
      { rowNumber: 5, Name: 'Grace' },
    ]);
    expect(new URL(bench.requests()[0]?.url ?? '').searchParams.getAll('ranges')).toEqual(["'Ada''s'!C3:E3", "'Ada''s'!C4:E"]);
  });

  it('a sheet without rows gives none', async () => {
    const bench = openConnectorBench(googlesheets, description ?? '', {
      contract: '',
      mock: { answers: { 'sheets.spreadsheets.values.batchGet': { body: { valueRanges: [{}, {}] } } } },
    });
    expect(await bench.run('row.list', where)).toEqual([]);
  });
});

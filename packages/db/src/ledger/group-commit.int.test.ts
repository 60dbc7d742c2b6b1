import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newId } from '@millwright/core';
import { derivedId } from '@millwright/core/ids-node';
import * as runs from '../repositories/runs/runs.ts';
import { testHeader } from '../testing.ts';
import { openLedgerStand, type LedgerStand } from './testing/ledger-stand.ts';
import { attempt, ended, outcome } from './testing/records.ts';

let stand: LedgerStand;

const dayAfter = (day = ''): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  stand = await openLedgerStand(inject('adminUrl'));
});
afterAll(() => stand?.close());

describe('group commit (§2.3)', () => {
  it('runs of one moment share flushes', async () => {
    const before = { ...stand.ledger.counts };
    await Promise.all(Array.from({ length: 100 }, async () => stand.ledger.forRun(testHeader()).close(ended())));
    expect(stand.ledger.counts.runs - before.runs).toBe(100);
    expect(stand.ledger.counts.flushes - before.flushes).toBeLessThanOrEqual(4);
  });

  it.each([
    [
      'a response that cannot be written out',
      {
        response: {
          get broken(): string {
            throw new Error('no');
          },
        },
      },
      1,
    ],
    ['a fact that no column takes', { seq: 2 ** 70 }, 0],
  ])(
    'one refused run (%s) fails alone, with the facts that can be kept; the others of its flush are stored',
    async (_what, poison, rows) => {
      const headers = Array.from({ length: 10 }, () => testHeader());
      const results = await Promise.all(
        headers.map(async (header, index) => {
          const run = stand.ledger.forRun(header);
          run.record(outcome('a', 1, { class: 'read', ...(index === 6 ? poison : {}) }));
          return run.close(ended());
        }),
      );
      expect(results).toEqual(headers.map((_header, index) => (index === 6 ? 'failed' : 'stored')));
      expect(await stand.rowsOf(headers[6]?.runId ?? '')).toHaveLength(rows);
      expect((await stand.ledger.forRun(headers[6] ?? testHeader()).open(0)).ended).toMatchObject({
        status: 'failed',
        error: { code: 'ledger_refused' },
      });
    },
  );

  it('a flush that waits for a lock holds up its own run only', async () => {
    const header = testHeader();
    const locked = stand.ledger.forRun(header);
    await locked.start(attempt('a'));
    const letGo = await stand.lockRun(header.runId);
    let isBack = false;
    const end = locked.close(ended()).finally(() => (isBack = true));
    await expect.poll(async () => stand.lockWaits()).toBe(1);
    for (let run = 0; run < 3; run++) expect(await stand.ledger.forRun(testHeader()).close(ended())).toBe('stored');
    expect(isBack).toBe(false);
    await letGo();
    expect(await end).toBe('stored');
  });

  it('flushes of two processes over the same runs never deadlock, and each run ends once', async () => {
    const rival = await stand.another();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 6 }),
        fc.string(),
        async (rounds, salt) => {
          const headers = Array.from({ length: 8 }, (_none, index) =>
            testHeader({ runId: derivedId('run', salt, String(index), newId('key')), workspaceId: newId('workspace') }),
          );
          const ends = await Promise.all(
            rounds.flatMap((round, at) =>
              round.flatMap((index) => {
                const header = headers[index];
                return header === undefined ? [] : [(at % 2 === 0 ? stand.ledger : rival).forRun(header).close(ended())];
              }),
            ),
          );
          const touched = new Set(rounds.flat());
          expect(ends.filter((end) => end === 'stored').length).toBeLessThanOrEqual(touched.size);
          for (const index of touched) expect(await stand.statusOf(headers[index]?.runId ?? '')).toBe('succeeded');
        },
      ),
      { numRuns: 15 },
    );
  });

  it('rows that could not be stored while Postgres was away are stored later, and whoever waited is told', async () => {
    const header = testHeader();
    const run = stand.ledger.forRun(header);
    await run.start(attempt('a'));
    await stand.test.setAway(true);
    try {
      run.record(outcome('a', 1));
      await expect(run.flush()).rejects.toMatchObject({ code: 'database_unavailable', retry: { afterMs: 1000 } });
      await expect(stand.database.tenant(header.workspaceId, async (tx) => runs.get(tx, header.runId))).rejects.toMatchObject({
        code: 'database_unavailable',
      });
      await expect(stand.database.ready()).rejects.toMatchObject({ code: 'database_unavailable' });
    } finally {
      await stand.test.setAway(false);
    }
    await expect.poll(async () => stand.rowsOf(header.runId).catch(() => [])).toEqual([{ name: 'a#1', seq: 1, status: 'done' }]);
    const again = stand.ledger.forRun(header);
    expect((await again.open(0)).outcomes).toHaveLength(1);
    expect(await again.close(ended())).toBe('stored');
    let heard = 0;
    stand.database.listen('run_changed', () => {
      heard += 1;
    });
    await expect
      .poll(
        async () => {
          await stand.ledger.forRun(testHeader()).close(ended());
          return heard;
        },
        { timeout: 10_000 },
      )
      .toBeGreaterThan(0);
  });

  it('runs of two days share a flush: what they began, and what came of it', async () => {
    const today = Array.from({ length: 3 }, () => testHeader());
    const headers = [...today, ...Array.from({ length: 3 }, () => testHeader({ originDay: dayAfter(today[0]?.originDay) }))];
    const runs = headers.map((header) => stand.ledger.forRun(header));
    expect(await Promise.all(runs.map(async (run) => run.start(attempt('a'))))).toEqual(headers.map(() => true));
    for (const run of runs) run.record(outcome('a', 1));
    const before = stand.ledger.counts.flushes;
    expect(await Promise.all(runs.map(async (run) => run.flush()))).toEqual(headers.map(() => true));
    expect(stand.ledger.counts.flushes - before).toBeLessThan(headers.length);
    for (const { runId } of headers) expect(await stand.rowsOf(runId)).toEqual([{ name: 'a#1', seq: 1, status: 'done' }]);
  });

  it('a day without a partition gets one', async () => {
    const header = testHeader({ originDay: '2031-02-03' });
    const run = stand.ledger.forRun(header);
    expect(await run.start(attempt('a'))).toBe(true);
    expect(await stand.rowsOf(header.runId)).toHaveLength(1);
  });
});

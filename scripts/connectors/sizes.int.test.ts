import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { discoverNodePackages, inspectPackages } from '@millwright/node-registry';
import { linesOf, MOST_LINES, perTen, sourceLines } from './sizes.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/**
 * Connectors that are more than data, each with what the rest is. Lines here are what they have now: they may only become fewer.
 */
const MORE_THAN_DATA: Readonly<Record<string, readonly [most: number, why: string]>> = {
  caldav: [1_350, 'a protocol: calendar files, recurrence and time zones'],
  imap: [1_080, 'a protocol: mailboxes, parts of messages, encodings'],
  postgres: [1_220, 'a protocol: statements, types, transactions'],
  rss: [1_700, 'two operations on a format: RSS and Atom as they are found'],
  smtp: [2_860, 'one operation on a protocol: composing and delivering'],
};

describe('the size of connectors', () => {
  it('counts what says something: no blank lines, no comments', () => {
    expect(linesOf(`/** What\n * it is. */\nconst one = 1; // said\n\n  // alone\n/* a */ const two = 2;\n`)).toBe(2);
    expect([perTen(250, 10), perTen(25, 1), perTen(0, 0)]).toEqual([250, 250, 0]);
  });

  it('is 250 lines per ten operations at most where a connector is data', async () => {
    const packages = (await discoverNodePackages(ROOT)).packages.filter(({ isConnector }) => isConnector);
    const reports = await inspectPackages(packages, 60_000);
    const over = packages.flatMap(({ entry, dir }) => {
      const report = reports.get(entry);
      if (report === undefined || 'reason' in report) return [`${dir}: ${report?.reason ?? 'not loaded'}`];
      const size = perTen(sourceLines(path.join(dir, 'src')), report.nodeTypes.length);
      const most = MORE_THAN_DATA[report.key]?.[0] ?? MOST_LINES;
      return size <= most ? [] : [`${report.key}: ${size} lines per ten operations, not ${most}`];
    });
    expect(over).toEqual([]);
  });
});

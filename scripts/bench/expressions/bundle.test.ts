import { describe, expect, it } from 'vitest';
import { browserBytes } from './bundle.ts';

/** Bytes after gzip that each chunk may have which a browser loads only when an expression needs it. */
const LATER: Readonly<Record<string, number>> = {
  // RE2, half of it tables of Unicode.
  build: 46_080,
  // Dates and durations, besides Luxon itself (21 KB).
  part: 7680,
  // JMESPath.
  search: 4096,
  digest: 2048,
};

describe('what expressions weigh in a browser, gzip, without Luxon', async () => {
  const { first, later } = await browserBytes();

  it('is at most 54 KB for all that is loaded to read, check, complete, rename and evaluate one', () => {
    expect(first).toBeLessThanOrEqual(55_296);
  });
  it('is no more for each part that is loaded when an expression first needs it, and there is no other part', () => {
    expect(Object.keys(later).toSorted()).toEqual(Object.keys(LATER).toSorted());
    for (const [name, bytes] of Object.entries(later)) expect(bytes, name).toBeLessThanOrEqual(LATER[name] ?? 0);
  });
});

import { describe, expect, it } from 'vitest';
import { LIMITS } from './limits.ts';
import { readResult } from './result.ts';
import { callOf } from './testing.ts';

const nested = (levels: number): string => `[{"json":${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}}]`;
const listed = (levels: number): string => `[{"json":{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}}]`;

describe('the depth of a result', () => {
  it.each([
    ['objects', nested],
    ['lists', listed],
  ])('of %s is bounded: the last level that fits is taken, the next is refused', (_what, text) => {
    expect(readResult(callOf(''), text(LIMITS.resultDepth))).toHaveLength(1);
    expect(() => readResult(callOf(''), text(LIMITS.resultDepth + 1))).toThrow(/deeper than 200/);
  });

  it('is not told by how much there is, nor by braces in texts', () => {
    const wide = JSON.stringify(Array.from({ length: 500 }, () => ({ json: { a: [{}], text: '{[' } })));
    expect(readResult(callOf(''), wide)).toHaveLength(500);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from './line-diff.ts';

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));

describe('the difference of two texts by lines', () => {
  it('holds both texts whole, each in its order', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after);
        const side = (other: string): string => lines.flatMap((line) => (line.kind === other ? [] : [line.text])).join('\n');
        expect([side('added'), side('removed')]).toEqual([before, after]);
      }),
    );
  });

  it('shows a changed line between lines that stay', () => {
    expect(diffLines('one\ntwo\nthree', 'one\n2\nthree').map(({ kind, text: line }) => `${kind} ${line}`)).toEqual([
      'same one',
      'removed two',
      'added 2',
      'same three',
    ]);
  });

  it('compares no more than a bounded number of pairs: two large texts are shown as replaced', () => {
    const large = (word: string): string => Array.from({ length: 1500 }, (_, at) => `${word}${String(at)}`).join('\n');
    const lines = diffLines(large('a'), large('b'));
    expect(lines.filter(({ kind }) => kind === 'removed')).toHaveLength(1500);
    expect(lines.filter(({ kind }) => kind === 'added')).toHaveLength(1500);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceFrom } from './testing/grammar.ts';
import { disagreements, ours } from './testing/judge.ts';
import { escapes } from './testing/escapes.ts';

/** What may come of any text: the host must not see anything else. */
function isOutcome(outcome: ReturnType<typeof ours>): boolean {
  return 'failed' in outcome || typeof outcome.value === 'string';
}

const tokens =
  `$json . ?. ( ) [ ] { } => x 'a' 1 + - ?? || ? : ... , /a/ \` \${ }} {{ new Date map constructor __proto__ $now $('a') typeof in = this class async Math
  replace ! ; return const`.split(/\s+/u);
const values = [
  "'a,b'",
  '3',
  '-0.5',
  'true',
  'null',
  'undefined',
  '[3, 1]',
  '$json',
  '$now',
  '$now.diff($today)',
  '/a/g',
  'x => x',
  "'__proto__'",
  '1e9',
  '({})',
  "'yyyy'",
  '$input',
  'NaN',
  '$json.l',
];
const methods =
  `map replace plus set diff format toFormat setZone toLocaleString sort reduce flat pluck merge toFixed round repeat split join match slice chunk groupBy
  sortBy unique startOf as padEnd at includes concat normalize toString pick difference toDateTime exec first`.split(/\s+/u);

describe('any source', () => {
  it('agrees with V8 on generated expressions (a million: npm run fuzz:expressions -- --count 1000000)', () => {
    expect(disagreements(7_000_000, 3000)).toEqual([]);
  });
  it('gives a value or a typed error for known attempts with characters changed, doubled or left out', () => {
    const corpus = escapes().filter(({ file }) => file !== 'bombs.txt');
    const chance = chanceFrom(11);
    const upTo = (most: number): number => Math.floor(chance() * most);
    for (let n = 0; n < 6000; n += 1) {
      const { expression } = corpus[upTo(corpus.length)] ?? { expression: '' };
      const at = upTo(expression.length);
      const put =
        [String.fromCharCode(upTo(128)), String.fromCharCode(upTo(65_536)), expression.slice(at, at + upTo(9)), ''][upTo(4)] ?? '';
      const changed = expression.slice(0, at) + put + expression.slice(at + upTo(3));
      expect(ours(changed, n % 2 === 0 ? 'millwright' : 'n8n')).toSatisfy(isOutcome);
    }
  });
  it('gives a value or a typed error, whatever the characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (source) => {
        expect(ours(source)).toSatisfy(isOutcome);
      }),
      { numRuns: 2000 },
    );
  });
  it('gives a value or a typed error, whatever the tokens', () => {
    const source = fc.array(fc.constantFrom(...tokens, ' '), { maxLength: 14 }).map((some) => some.join(''));
    fc.assert(
      fc.property(source, (one) => {
        expect(ours(one)).toSatisfy(isOutcome);
      }),
      { numRuns: 4000 },
    );
  });
  it('gives a value or a typed error for any method of any value with any arguments', () => {
    const value = fc.constantFrom(...values);
    const call = fc
      .tuple(value, fc.constantFrom(...methods), fc.array(value, { maxLength: 3 }))
      .map(([self, name, args]) => `(${self}).${name}(${args.join(', ')})`);
    fc.assert(
      fc.property(call, (one) => {
        expect(ours(one)).toSatisfy(isOutcome);
      }),
      { numRuns: 4000 },
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplate, createScope, ExpressionError } from './index.ts';

const json = { n: 7, s: 'héllo wörld', l: [3, 1, 2], o: { k: 'v' }, t: true };
const scope = createScope({ items: [{ json }], nowMs: 0 });

type Outcome = { readonly value: string } | { readonly failed: true };

/** What may come of any text: the host must not see anything else. */
function isOutcome(outcome: Outcome): boolean {
  return 'failed' in outcome || typeof outcome.value === 'string';
}

function ours(expression: string): Outcome {
  try {
    return { value: JSON.stringify(compileTemplate(`{{ ${expression} }}`).evaluate(scope)) };
  } catch (error) {
    if (error instanceof ExpressionError) return { failed: true };
    throw error;
  }
}

/** V8 as the judge; only here, and only for text that the grammar below made. */
function v8(expression: string): Outcome {
  try {
    // eslint-disable-next-line no-new-func, typescript/no-implied-eval -- the oracle of this test, on text of its own grammar
    const value: unknown = new Function('$json', `return (${expression})`)(structuredClone(json));
    return { value: JSON.stringify(value) ?? 'null' };
  } catch {
    return { failed: true };
  }
}

/** The safe subset: @n a number, @t a text, @b a truth, @l a list, @d a small digit, @i a position, @s a quoted text. */
const grammar = {
  n: `@d|$json.n|0.5|1e3|NaN|$json.l[0]|(@n + @n)|(@n - @n)|(@n * @n)|(@n / @n)|(@n % @n)|((@n) ** @n)|(@n ^ @n)|(@n & @n)|(@n << @n)|(@n >> @n)
    |(@n >>> @n)|(-@n)|(~@n)|(+@t)|@t.length|@l.length|@t.indexOf(@t)|Math.round(@n)|Math.max(@n, @n)|Number(@t)|parseInt(@t)|(@b ? @n : @n)
    |@l.reduce((sum, x) => sum + x * @n, @n)|((a, b = 2) => a - b)(@n)|@l.findIndex(x => x > @n)|(({ a, ...rest }) => a + rest.b)({ a: @n, b: @n })`,
  t: `@s|$json.s|$json.o.k|$json['s']|(@t + @t)|(@t + @n)|(@b + @t)|\`\${@t}-\${@n}\`|@t.toUpperCase()|@t.trim()|@t.replace(@t, @t)|@t.replaceAll(@t, @t)
    |@t.replace(/[a-c]+/g, "<$&>")|@t.replace(/(b)(c)?/, '$2$1')|@t.split(@t).join(@t)|@t.split(/[ ,]+/).join("-")|@t.slice(@i, @i)|@t.substring(@i, @i)
    |@t.substr(@i, @i)|@t.padStart(@d, @s)|@t.padEnd(@d, @s)|@l.join(@t)|String(@n)|(@t ?? @t)|(@b ? @t : @t)|(typeof @n)|@t.charAt(@i)`,
  b: `true|false|$json.t|('k' in $json.o)|(@n < @n)|(@n <= @n)|(@n > @n)|(@n === @n)|(@n !== @n)|(@n == @t)|(@t < @t)|(@t >= @t)|(@t === @t)|(!@b)|(!@t)
    |(@b && @b)|@t.includes(@t)|@t.startsWith(@t)|@l.some(x => x > @n)|@l.every(x => x > @n)|@l.includes(@n)|/^[a-c]+,?/.test(@t)|Number.isInteger(@n)`,
  l: `$json.l|[]|[@n, @n]|[...@l, @n]|@l.map((x, i) => x + i * @n)|@l.filter(x => x < @n)|@l.concat(@l)|@l.slice(@i)|[...@l].reverse()|@l.flatMap(x => [x, @n])
    |(() => { const a = @l; if (a.length > 2) { return a.slice(0, 2) } return a; })()|[...@l].sort((a, b) => a - b)|Object.values({ a: @n, b: @n })|[@l, @l].flat()`,
};

const leaves: Readonly<Record<string, fc.Arbitrary<string>>> = {
  d: fc.integer({ min: 0, max: 12 }).map(String),
  i: fc.integer({ min: -5, max: 9 }).map(String),
  s: fc.stringMatching(/^[a-c ,é1]{0,4}$/u).map((text) => JSON.stringify(text)),
};

/** Bars between rules; `||` is part of the language. */
function rulesOf(text: string): readonly string[] {
  return text.split(/\s*(?<!\|)\|(?!\|)\s*/u);
}

const safe = fc.letrec<Record<keyof typeof grammar, string>>((tie) => {
  const arbitraryOf = (rule: string): fc.Arbitrary<string> => {
    const pieces = rule
      .split(/@([ntblids])/u)
      .map((piece, index) => (index % 2 === 0 ? fc.constant(piece) : (leaves[piece] ?? tie(piece as keyof typeof grammar))));
    return fc.tuple(...pieces).map((texts) => texts.join(''));
  };
  const kindOf = (kind: keyof typeof grammar): fc.Arbitrary<string> =>
    fc.oneof({ depthSize: 'small', withCrossShrink: true }, ...rulesOf(grammar[kind]).map(arbitraryOf));
  return { n: kindOf('n'), t: kindOf('t'), b: kindOf('b'), l: kindOf('l') };
});

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
  it('agrees with V8 on the safe subset', () => {
    const expression = fc.oneof(safe.n, safe.t, safe.b, safe.l);
    fc.assert(
      fc.property(expression, (source) => {
        expect(ours(source)).toEqual(v8(source));
      }),
      { numRuns: 3000 },
    );
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

import { describe, expect, it } from 'vitest';
import { compileTemplate, createScope, ExpressionError } from '../index.ts';

const json = {
  foo: { bar: { baz: [0, 1, 2, 3, 4] } },
  people: [
    { name: 'b', age: 30, tags: ['x'] },
    { name: 'a', age: 50, tags: ['y', 'z'] },
    { age: 20, tags: [] },
  ],
  ops: { f1: { n: 1 }, f2: { n: 2 }, f3: {} },
  'with space': 1,
  nested: [[0, 1], 2, [3, [4]]],
};
const scope = createScope({ items: [{ json }], nowMs: 0 });
const query = (text: string): unknown => compileTemplate(`{{ $jmespath($json, ${JSON.stringify(text)}) }}`).evaluate(scope);

describe('a JMESPath query', () => {
  // The results are those of jmespath.org's specification.
  it.each<[string, unknown]>([
    ['foo.bar.baz[1]', 1],
    ['foo.bar.baz[-1]', 4],
    ['foo.bar.baz[1:3]', [1, 2]],
    ['foo.bar.baz[::2]', [0, 2, 4]],
    ['foo.bar.baz[::-1]', [4, 3, 2, 1, 0]],
    ['foo.nope.x', null],
    ['people[*].name', ['b', 'a']],
    ['people[].tags[]', ['x', 'y', 'z']],
    ['people[*].tags[0]', ['x', 'y']],
    ['people[?age > `25`].name', ['b', 'a']],
    ["people[?name == 'a'] | [0].age", 50],
    ["people[?name == 'a' && age > `10` || !name].age", [50, 20]],
    [
      'people[:2].{n: name, a: age}',
      [
        { n: 'b', a: 30 },
        { n: 'a', a: 50 },
      ],
    ],
    ['people[0].[name, age]', ['b', 30]],
    ['ops.*.n', [1, 2]],
    ['"with space"', 1],
    ['nested[]', [0, 1, 2, 3, [4]]],
    ['nested[][]', [0, 1, 2, 3, 4]],
    ['length(people)', 3],
    ['sort_by(people, &age)[*].age', [20, 30, 50]],
    ['max_by(people, &age).name', 'a'],
    ['sum(people[*].age)', 100],
    ['join(`","`, people[*].name)', 'b,a'],
    ["contains('abc', 'b')", true],
    ['keys(ops)', ['f1', 'f2', 'f3']],
    ['map(&name, people)', ['b', 'a', null]],
    ['not_null(nope, foo.nope, `7`)', 7],
    ['to_number(`"12"`)', 12],
    ['type(people)', 'array'],
    ['nope || foo.bar.baz[0]', 0],
    ['@.foo.bar.baz | length(@)', 5],
  ])('%s finds %j', (text, expected) => {
    expect(query(text)).toEqual(expected);
  });
  it.each(['foo.', 'foo[', 'foo bar', 'nope(foo)', 'foo[?', '`{`', 'length(`1`)', '[::0]', '('.repeat(500), 'a.'.repeat(900) + 'a'])(
    '%s is a typed error or nothing',
    (text) => {
      const outcome = ((): unknown => {
        try {
          return query(text);
        } catch (error) {
          return error instanceof ExpressionError ? null : error;
        }
      })();
      expect(outcome).toBeNull();
    },
  );
  it.each(['constructor', '__proto__', 'foo.constructor', 'toString', '"__proto__".x'])('own data only: %s', (text) => {
    expect(query(text)).toBeNull();
  });
});

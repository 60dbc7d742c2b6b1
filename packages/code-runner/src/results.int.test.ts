import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callOf, openRunner, outcomeOf } from './testing.ts';
import type { CodeRunner } from './types.ts';

describe('what code may return', () => {
  let runner: CodeRunner;
  beforeAll(async () => {
    runner = await openRunner({ bwrap: null, spares: 0 });
  });
  afterAll(async () => {
    await runner.close();
  });

  const A = { json: { name: 'Ada' } };
  const G = { json: { name: 'Grace' } };

  it.each([
    [
      'the items themselves',
      'return $input.all()',
      [
        { ...A, from: [0] },
        { ...G, from: [1] },
      ],
    ],
    ['fewer of the items', 'return items.filter((one) => one.json.name === "Grace")', [{ ...G, from: [1] }]],
    [
      'the items in another order',
      'return items.reverse()',
      [
        { ...G, from: [1] },
        { ...A, from: [0] },
      ],
    ],
    [
      'the same json in other items',
      'return items.toReversed().map(({ json }) => ({ json }))',
      [
        { ...G, from: [1] },
        { ...A, from: [0] },
      ],
    ],
    ['the json itself', 'return $input.last().json', [{ ...G, from: [1] }]],
    [
      'new items, as many',
      'return items.map(() => ({ json: { x: 1 } }))',
      [
        { json: { x: 1 }, from: [0] },
        { json: { x: 1 }, from: [1] },
      ],
    ],
    ['new items, not as many', 'return [{ json: { x: 1 } }]', [{ json: { x: 1 } }]],
    ['one item', 'return { json: { x: 1 } }', [{ json: { x: 1 } }]],
    ['one object', 'return { x: 1 }', [{ json: { x: 1 } }]],
    ['plain objects', 'return [{ x: 1 }, { y: 2 }, { z: 3 }]', [{ json: { x: 1 } }, { json: { y: 2 } }, { json: { z: 3 } }]],
    ['pairedItem as a number', 'return [{ json: {}, pairedItem: 1 }]', [{ json: {}, from: [1] }]],
    ['pairedItem as an object', 'return [{ json: {}, pairedItem: { item: 1 } }]', [{ json: {}, from: [1] }]],
    ['pairedItem as a list', 'return [{ json: {}, pairedItem: [0, { item: 1, input: 0 }] }]', [{ json: {}, from: [0, 1] }]],
    ['nothing in a list', 'return []', []],
    [
      'dates and what JSON drops',
      'return { at: new Date(0), no: undefined, not: NaN, call: () => 0 }',
      [{ json: { at: '1970-01-01T00:00:00.000Z', not: null } }],
    ],
    [
      'a field named __proto__',
      'return { json: JSON.parse(\'{"__proto__":{"x":1}}\') }',
      [{ json: JSON.parse('{"__proto__":{"x":1}}') as object }],
    ],
  ])('%s', async (_what, source, expected) => {
    const { items } = await runner.run(callOf(source));
    expect(items).toEqual(expected);
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  it.each([
    ['nothing', '', /returned nothing/],
    ['null', 'return null', /returned nothing/],
    ['a number', 'return 5', /Item 0 is a number/],
    ['a text', 'return "x"', /Item 0 is a string/],
    ['texts', 'return ["x"]', /Item 0 is a string/],
    ['a list in a list', 'return [[]]', /Item 0 is a list/],
    ['json that is a list', 'return { json: [] }', /json of Item 0 is a list/],
    ['json that is null', 'return { json: null }', /json of Item 0 is null/],
    ['a field beside json', 'return { json: {}, name: "x" }', /"name" beside json/],
    ['a Map', 'return new Map()', /is a Map/],
    ['a promise in a list', 'return [Promise.resolve({})]', /is a Promise/],
    ['an item that there is not', 'return [{ json: {}, pairedItem: 2 }]', /pairedItem names item 2/],
    ['a circle', 'const a = {}; a.a = a; return a', /circular/],
    ['a bigint', 'return { a: 1n }', /BigInt/],
    ['a getter that throws', 'return { get a() { throw new Error("no") } }', /cannot be written as JSON: no/],
    ['what is nested too deep', 'let a = {}; for (let i = 0; i < 500; i++) a = { a }; return a', /deeper than 200/],
    ['a file that was not given', 'return { json: {}, files: { a: { id: 1 } } }', /none that the code was given/],
  ])('%s is refused with words', async (_what, source, message) => {
    const outcome = await outcomeOf(runner, callOf(source));
    expect(outcome).toMatchObject({ code: 'code_result_invalid' });
    expect('message' in outcome ? outcome.message : '').toMatch(message);
  });

  it.each([
    ['a list', 'return [$json]', /returned a list/],
    ['a number', 'return 5', /is a number/],
  ])('once per item, %s is refused', async (_what, source, message) => {
    const outcome = await outcomeOf(runner, callOf(source, { mode: 'each' }));
    expect(outcome).toMatchObject({ code: 'code_result_invalid', details: { itemIndex: 0 } });
    expect('message' in outcome ? outcome.message : '').toMatch(message);
  });

  it('files pass through by handle, under any name, also from other nodes', async () => {
    const items = [{ json: {}, files: { photo: { id: 'file_1', mediaType: 'image/png' } } }];
    const data = { nodes: { Other: { items: [{ json: {}, files: { pdf: { id: 'file_2' } } }] } } };
    const source =
      'return { json: { has: Object.keys($binary), old: items[0].binary === items[0].files }, files: { renamed: items[0].files.photo, pdf: $("Other").first().files.pdf } }';
    const result = await runner.run(callOf(source, { items, data }));
    expect(result.items).toEqual([
      {
        json: { has: ['photo'], old: true },
        from: [0],
        files: { renamed: { id: 'file_1', mediaType: 'image/png' }, pdf: { id: 'file_2' } },
      },
    ]);
  });

  it('a handle that was changed is refused', async () => {
    const items = [{ json: {}, files: { photo: { id: 'file_1' } } }];
    const source = 'items[0].files.photo.id = "file_9"; return items';
    expect(await outcomeOf(runner, callOf(source, { items }))).toMatchObject({ code: 'code_result_invalid' });
  });

  it('an input that is too large is refused before anything is sent', async () => {
    const items = [{ json: { text: 'x'.repeat(65 * 1024 * 1024) } }];
    expect(await outcomeOf(runner, callOf('return items', { items }))).toMatchObject({ code: 'code_out_of_memory' });
  });
});

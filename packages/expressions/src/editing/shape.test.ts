import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferShape, shapeAt } from './shape.ts';

describe('the shape of samples', () => {
  const shape = inferShape([
    { id: 1, user: { name: 'Ann', age: null }, tags: ['a', 1], __proto__: 'x' },
    { id: '2', user: { name: 'Bo' }, tags: [] },
    { id: 3, user: null, 'first name': true },
  ]);
  const at = (...path: string[]) => {
    const found = shapeAt(shape, path);
    return found.kind === 'shape' ? `${found.shape.types.join('|')}${found.isOptional ? '?' : ''}` : found.kind;
  };

  it('unites types, the most frequent first, and tells what some items lack', () => {
    expect([at('id'), at('user'), at('user', 'name'), at('user', 'age'), at('tags', '0'), at('first name')]).toEqual([
      'number|text',
      'object|nothing',
      'text?',
      'nothing?',
      'text|number?',
      'boolean?',
    ]);
  });

  it('says missing only where every sample was looked through', () => {
    expect([at('nope'), at('user', 'nope'), at('tags', 'length'), at('id', 'x')]).toEqual(['missing', 'missing', 'unknown', 'missing']);
    expect(shapeAt(inferShape([]), ['a']).kind).toBe('unknown');
    expect(shapeAt(inferShape([[]]), ['0', 'a']).kind).toBe('unknown');
    const wide = inferShape([Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`k${index}`, 1]))]);
    expect(shapeAt(wide, ['k599']).kind).toBe('unknown');
  });

  it('is bounded whatever the samples are', () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 1000; depth += 1) deep = { a: [deep] };
    expect(() => inferShape([deep as never])).not.toThrow();
    expect(inferShape(Array.from({ length: 1000 }, (_, index) => ({ a: index }))).isPartial).toBe(true);
  });

  it('has every path of every sample', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), { maxLength: 5 }), (samples) => {
        const inferred = inferShape(samples as never);
        for (const sample of samples)
          for (const [key, value] of Object.entries(sample)) {
            expect(shapeAt(inferred, [key]).kind).toBe('shape');
            const inside = typeof value === 'object' && value !== null ? Object.keys(value) : [];
            for (const inner of inside) expect(shapeAt(inferred, [key, inner]).kind).not.toBe('missing');
          }
      }),
    );
  });
});

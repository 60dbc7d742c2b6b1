import type { JsonObject, JsonValue } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { runLists, type Lists } from '../testing.ts';
import { mergeCompute } from './compute.ts';

const merge = (parameters: JsonObject, lists: Lists) => runLists(mergeCompute, parameters, { lists });
const data = (parameters: JsonObject, lists: Lists): readonly JsonValue[] => merge(parameters, lists).outputs['main'] ?? [];
const byKey = (join: string): JsonObject => ({ mode: 'key', join, keys: [{ left: 'id', right: 'id' }] });

describe('merge', () => {
  it('takes any number of inputs, in their order, and those with nothing', () => {
    expect(data({}, { in1: [1], in2: [], in4: [4, 5] })).toEqual([1, 4, 5]);
    expect(data({ mode: 'position', unpaired: true }, { in1: [{ a: 1 }], in2: [], in3: [{ c: 1 }, { c: 2 }] })).toEqual([
      { a: 1, c: 1 },
      { c: 2 },
    ]);
    expect(data({ mode: 'combinations' }, { in1: [{ a: 1 }], in2: [] })).toEqual([]);
    expect(data({ mode: 'choose', choose: 2 }, { in1: [1], in2: [2] })).toEqual([2]);
  });

  it('joins several inputs one after the other', () => {
    const lists = {
      in1: [
        { id: 1, a: 1 },
        { id: 2, a: 2 },
      ],
      in2: [{ id: 1, b: 1 }],
      in3: [
        { id: 1, c: 1 },
        { id: 3, c: 3 },
      ],
    };
    expect(data(byKey('inner'), lists)).toEqual([{ id: 1, a: 1, b: 1, c: 1 }]);
    expect(data(byKey('full'), lists)).toEqual([
      { id: 1, a: 1, b: 1, c: 1 },
      { id: 2, a: 2 },
      { id: 3, c: 3 },
    ]);
    expect(data(byKey('anti'), lists)).toEqual([{ id: 2, a: 2 }]);
  });

  it('compares keys by value, over several fields and paths', () => {
    const keys = [
      { left: 'a.b', right: 'x' },
      { left: 'n', right: 'm' },
    ];
    const lists = { in1: [{ a: { b: { p: 1, q: 2 } }, n: 5 }], in2: [{ x: { q: 2, p: 1 }, m: '5' }] };
    expect(data({ mode: 'key', keys }, lists)).toHaveLength(1);
    const missing = { in1: [{ id: null }, {}, { id: '' }], in2: [{ id: null }, {}, { id: '' }] };
    expect(data(byKey('inner'), missing)).toEqual([]);
    expect(data(byKey('full'), missing)).toHaveLength(6);
  });

  it('says which items each one came from', () => {
    const lists = { in1: [{ id: 1 }, { id: 2 }], in2: [{ id: 2 }] };
    expect(merge(byKey('left'), lists).from).toEqual([{ in1: [0] }, { in1: [1], in2: [0] }]);
  });

  it('keeps data that is no object as a field, and a field called __proto__ as a field', () => {
    expect(data({ mode: 'position' }, { in1: ['text'], in2: [{ b: 1 }] })).toEqual([{ value: 'text', b: 1 }]);
    const odd = JSON.parse('{"__proto__":{"polluted":true}}') as JsonValue;
    expect(JSON.stringify(data({ mode: 'position', clash: 'suffix' }, { in1: [odd], in2: [{ b: 1 }] }))).toBe(
      '[{"__proto__":{"polluted":true},"b":1}]',
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each<[JsonObject, string, string]>([
    [{ mode: 'sideways' }, 'parameter_invalid', 'mode'],
    [{ mode: 'key' }, 'parameter_invalid', 'keys'],
    [{ ...byKey('outer') }, 'parameter_invalid', 'join'],
    [{ mode: 'position', clash: 'both' }, 'parameter_invalid', 'clash'],
    [{ mode: 'choose', choose: 1.5 }, 'parameter_invalid', 'choose'],
  ])('refuses %j with a hint', (parameters, code, field) => {
    expect(() => merge(parameters, { in1: [{}], in2: [{}] })).toThrow(
      expect.objectContaining({ code, hint: expect.any(String), details: { field } }),
    );
  });

  it('refuses a result that is out of all proportion', () => {
    const many = Array.from({ length: 400 }, () => ({ id: 1 }));
    expect(() => merge(byKey('inner'), { in1: many, in2: many })).toThrow(expect.objectContaining({ code: 'merge_too_large' }));
  });
});

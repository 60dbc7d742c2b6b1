import type { JsonValue } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { ifCompute } from './compute.ts';

function port(conditions: readonly (readonly [JsonValue, string, JsonValue])[], combine = 'and'): string | readonly string[] {
  if (ifCompute.kind !== 'route') throw new Error('if routes');
  return ifCompute.route({ combine, conditions: conditions.map(([left, operator, right]) => ({ left, operator, right })) });
}

describe('if', () => {
  it('takes `and` as all and `or` as any; no condition holds', () => {
    expect(
      port([
        [1, 'equals', 1],
        [1, 'equals', 2],
      ]),
    ).toBe('false');
    expect(
      port(
        [
          [1, 'equals', 1],
          [1, 'equals', 2],
        ],
        'or',
      ),
    ).toBe('true');
    expect(port([])).toBe('true');
    expect(port([], 'or')).toBe('true');
  });

  it.each<[JsonValue, string, JsonValue, boolean]>([
    [5, 'equals', '5', true],
    ['05', 'equals', '5', false],
    [null, 'equals', '', false],
    [true, 'equals', 'true', true],
    [{ a: 1, b: 2 }, 'equals', { b: 2, a: 1 }, true],
    ['abc', 'contains', 'b', true],
    [['a', 5], 'contains', '5', true],
    [{ a: 1 }, 'contains', 'a', true],
    ['10', 'greater', 9, true],
    ['b', 'greater', 'a', true],
    [null, 'less', 5, false],
    [null, 'greaterOrEqual', 5, false],
    ['2026-02-01', 'lessOrEqual', '2026-02-01', true],
    [[], 'isEmpty', null, true],
    [0, 'isEmpty', null, false],
    ['false', 'isFalse', null, true],
    ['abc', 'startsWith', 'ab', true],
    ['abc', 'endsWith', 'ab', false],
  ])('%j %s %j is %s', (left, operator, right, expected) => {
    expect(port([[left, operator, right]])).toBe(String(expected));
  });

  it('refuses an operator that it does not know, by field', () => {
    expect(() => port([[1, 'constructor', 1]])).toThrow(
      expect.objectContaining({ code: 'operator_unknown', details: { field: 'conditions[0].operator' } }),
    );
  });
});

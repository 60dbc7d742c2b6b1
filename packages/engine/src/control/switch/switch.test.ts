import type { JsonObject, JsonValue } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { filterCompute } from '../filter/compute.ts';
import { noOpCompute } from '../no-op/compute.ts';
import type { ControlCompute } from '../compute.ts';
import { switchCompute } from './compute.ts';

function ports(compute: ControlCompute, parameters: JsonObject): string | readonly string[] {
  if (compute.kind !== 'route') throw new Error('it routes');
  return compute.route(parameters);
}

const when = (left: JsonValue, operator: string, right: JsonValue = null): JsonObject => ({ conditions: [{ left, operator, right }] });
const cases = [
  { id: 'a', ...when(5, 'greater', 3) },
  { id: 'b', ...when(5, 'equals', '5') },
  { id: 'c', ...when(5, 'less', 3) },
];

describe('switch', () => {
  it('takes the first case that holds, or all of them', () => {
    expect(ports(switchCompute, { cases })).toEqual(['a']);
    expect(ports(switchCompute, { cases, all: true })).toEqual(['a', 'b']);
  });

  it('without a case that holds, the item goes nowhere or to the fallback', () => {
    expect(ports(switchCompute, { cases: cases.slice(2) })).toEqual([]);
    expect(ports(switchCompute, { cases: cases.slice(2), fallback: 'output' })).toEqual(['fallback']);
    expect(ports(switchCompute, { cases, fallback: 'output', all: true })).toEqual(['a', 'b']);
  });
});

describe('without conversion of types', () => {
  const strict = (left: JsonValue, operator: string, right: JsonValue) => () =>
    ports(filterCompute, { ...when(left, operator, right), convert: false });

  it.each<readonly [JsonValue, string, JsonValue]>([
    [5, 'equals', '5'],
    [5, 'greater', '3'],
    [true, 'less', false],
    [5, 'contains', '5'],
    ['text', 'startsWith', 5],
    ['true', 'isTrue', null],
  ])('%j %s %j is an error that names the field and what to do', (left, operator, right) => {
    expect(strict(left, operator, right)).toThrow(
      expect.objectContaining({
        code: 'condition_type',
        hint: expect.stringContaining('Convert types'),
        details: { field: 'conditions[0].left' },
      }),
    );
  });

  it.each<readonly [JsonValue, string, JsonValue, string]>([
    [5, 'equals', 5, 'main'],
    ['a', 'less', 'b', 'main'],
    [null, 'equals', 5, 'discarded'],
    [[1], 'contains', 1, 'main'],
    [{ a: 1 }, 'contains', 'a', 'main'],
    [5, 'isEmpty', null, 'discarded'],
    [false, 'isFalse', null, 'main'],
  ])('%j %s %j goes to the right port', (left, operator, right, port) => {
    expect(strict(left, operator, right)()).toBe(port);
  });
});

it('no operation hands on', () => {
  expect(ports(noOpCompute, {})).toBe('main');
});

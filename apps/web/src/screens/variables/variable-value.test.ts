import { expect, it } from 'vitest';
import { kindOf, readValue, writtenOf } from './variable-value.ts';

it.each([['text'], [''], ['{"looks": "like JSON"}'], [42], [null], [false], [['a', { b: 1 }]]])(
  '%j is written and read back as itself',
  (value) => {
    expect(readValue(writtenOf(value), kindOf(value))).toEqual(value);
  },
);

it('what is no JSON is no value', () => {
  expect(readValue('{"a": }', 'json')).toBeUndefined();
  expect(readValue('', 'json')).toBeUndefined();
});

import { describe, expect, it } from 'vitest';
import type { JsonObject } from '@millwright/core';
import { waitCompute } from './compute.ts';

function until(parameters: JsonObject): number {
  if (waitCompute.kind !== 'wait') throw new Error('wait waits');
  return waitCompute.until(parameters, 1000);
}

describe('wait', () => {
  it('adds an amount of time, or takes a date', () => {
    expect(until({ amount: 5, unit: 'seconds' })).toBe(6000);
    expect(until({ mode: 'for', amount: '2', unit: 'days' })).toBe(172_801_000);
    expect(until({ mode: 'until', until: '1977-01-01T00:00:00Z' })).toBe(Date.UTC(1977, 0, 1));
    expect(until({ until: '1977-01-01T00:00:00+01:00' })).toBe(Date.UTC(1976, 11, 31, 23));
  });

  it.each([
    { amount: -1 },
    { amount: 'soon' },
    { amount: null },
    { amount: '' },
    { amount: [] },
    { amount: 1, unit: 'weeks' },
    { mode: 'until', until: 'tomorrow' },
    { mode: 'for', amount: 9999, unit: 'days' },
  ])('refuses %j with a hint', (parameters) => {
    expect(() => until(parameters)).toThrow(expect.objectContaining({ code: 'parameter_invalid', hint: expect.any(String) }));
  });
});

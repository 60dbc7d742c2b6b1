import type { JsonObject } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { stopCompute } from './compute.ts';

const stop = (parameters: JsonObject) => () => {
  if (stopCompute.kind !== 'route') throw new Error('it routes');
  return stopCompute.route(parameters);
};

describe('stop with error', () => {
  it('fails with the code and text of its author, of a bounded length', () => {
    expect(stop({ message: 'No stock', code: 'no_stock' })).toThrow(expect.objectContaining({ code: 'no_stock', message: 'No stock' }));
    expect(stop({ message: { why: 'x' } })).toThrow(expect.objectContaining({ code: 'stopped', message: '{"why":"x"}' }));
    expect(stop({ message: '' })).toThrow(expect.objectContaining({ message: 'The workflow was stopped.' }));
    expect(stop({ message: 'x'.repeat(9000) })).toThrow(expect.objectContaining({ message: 'x'.repeat(2000) }));
  });

  it('refuses a code that is none', () => {
    expect(stop({ code: 'No Stock' })).toThrow(expect.objectContaining({ code: 'parameter_invalid', details: { field: 'code' } }));
  });
});

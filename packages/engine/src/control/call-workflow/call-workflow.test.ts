import { describe, expect, it } from 'vitest';
import { callInputs, checkCallInput } from './check-input.ts';

const inputs = callInputs([
  { name: 'email', type: 'text' },
  { name: 'count', type: 'number', required: false },
  { name: 'tags', type: 'list', required: false },
  { name: '', type: 'text' },
  'no declaration',
]);

describe('what a workflow is called with', () => {
  it('nothing declared takes everything', () => {
    expect(() => checkCallInput(callInputs(undefined), 'whatever')).not.toThrow();
  });

  it('what fits passes, with more than is declared', () => {
    expect(() => checkCallInput(inputs, { email: 'a@b.c', count: 3, tags: [], more: true })).not.toThrow();
    expect(() => checkCallInput(inputs, { email: 'a@b.c', count: null })).not.toThrow();
  });

  it.each([
    [{}, 'input.email', /needs "email"/],
    [null, 'input.email', /needs "email"/],
    [{ email: 5 }, 'input.email', /as text, not number/],
    [{ email: 'a', count: '3' }, 'input.count', /as number, not text/],
    [{ email: 'a', tags: {} }, 'input.tags', /as list, not object/],
  ])('%j is refused, naming %s', (json, field, message) => {
    expect(() => checkCallInput(inputs, json)).toThrow(
      expect.objectContaining({ code: 'call_input_invalid', message: expect.stringMatching(message), details: { field } }),
    );
  });
});

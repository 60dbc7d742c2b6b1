import { describe, expect, it } from 'vitest';
import { itemLines } from './item-lines.ts';

describe('an item in a few lines', () => {
  it('has its fields in their order, structures in one line, and the names of its files', () => {
    expect(itemLines({ json: { email: 'jane@acme.com', lead: { id: 7 }, tags: ['a'] }, files: { invoice: {} } })).toEqual({
      fields: [
        { name: 'email', value: 'jane@acme.com' },
        { name: 'lead', value: '{"id":7}' },
        { name: 'tags', value: '["a"]' },
      ],
      more: 0,
      files: ['invoice'],
    });
  });

  it('stays short, however much the item holds, and says how much is left out', () => {
    const json = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}`, 'x'.repeat(10_000)]));
    const { fields, more } = itemLines({ json });
    expect([fields.length, more]).toEqual([8, 22]);
    expect(fields.every(({ value }) => value.length < 100)).toBe(true);
  });

  it.each([['text'], [7], [null], [[1, 2]]])('shows %j as it is', (json) => {
    expect(itemLines({ json }).fields).toEqual([{ name: '', value: typeof json === 'string' ? json : JSON.stringify(json) }]);
  });
});

import { describe, expect, it } from 'vitest';
import { dataFields } from './data-paths.ts';

describe('the fields of a sample', () => {
  it('are listed in reading order with the keys that lead to them', () => {
    const fields = dataFields({ body: { email: 'jane@acme.com', 'first name': 'Jane', tags: ['a'] }, 'weird-key': 1 });
    expect(fields.map(({ path, keys, depth }) => [path, keys.join('/'), depth])).toEqual([
      ['body', 'body', 0],
      ['body.email', 'body/email', 1],
      ['body["first name"]', 'body/first name', 1],
      ['body.tags', 'body/tags', 1],
      ['body.tags[0]', 'body/tags/0', 2],
      ['["weird-key"]', 'weird-key', 0],
    ]);
  });

  it('are capped, however large the data is', () => {
    expect(dataFields(Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, index])))).toHaveLength(200);
  });
});

import { describe, expect, it } from 'vitest';
import { dataFields, expressionFor } from './data-paths.ts';

describe('the fields of a sample', () => {
  it('are listed in reading order with the expression that reads them', () => {
    const fields = dataFields({ body: { email: 'jane@acme.com', 'first name': 'Jane', tags: ['a'] }, 'weird-key': 1 });
    expect(fields.map((field) => expressionFor(field.access, null))).toEqual([
      '{{ $json.body }}',
      '{{ $json.body.email }}',
      '{{ $json.body["first name"] }}',
      '{{ $json.body.tags }}',
      '{{ $json.body.tags[0] }}',
      '{{ $json["weird-key"] }}',
    ]);
  });

  it('of a step further up are read by its id, which never changes', () => {
    expect(expressionFor('.body.email', 'webhook_ab1')).toBe("{{ $('webhook_ab1').item.json.body.email }}");
  });

  it('are capped, however large the data is', () => {
    expect(dataFields(Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, index])))).toHaveLength(200);
  });
});

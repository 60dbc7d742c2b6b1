import { describe, expect, it } from 'vitest';
import { fieldProposals, proposalsFor } from './examples.ts';

const item = { body: { email: 'jane@acme.com', 'full name': 'Jane', tags: ['a'] }, count: 2, ratio: 0.5, ok: true, none: null };

describe('what a program can read of an item', () => {
  it('is proposed as JavaScript writes it, with its kind', () => {
    expect(fieldProposals('javascript', item).map(({ label, detail }) => `${label} ${detail}`)).toEqual([
      '$json.body object',
      '$json.body.email string',
      '$json.body["full name"] string',
      '$json.body.tags array',
      '$json.body.tags[0] string',
      '$json.count number',
      '$json.ratio number',
      '$json.ok boolean',
      '$json.none null',
    ]);
  });

  it('is proposed as Python writes it', () => {
    expect(fieldProposals('python', { body: { email: 'x' }, count: 2, ratio: 0.5, ok: true, none: null })).toEqual([
      { label: "_json['body']", detail: 'dict' },
      { label: "_json['body']['email']", detail: 'str' },
      { label: "_json['count']", detail: 'int' },
      { label: "_json['ratio']", detail: 'float' },
      { label: "_json['ok']", detail: 'bool' },
      { label: "_json['none']", detail: 'None' },
    ]);
  });

  it('is little, however much there is', () => {
    expect(fieldProposals('typescript', Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, index])))).toHaveLength(
      100,
    );
  });
});

describe('what a program that runs once for all items can read', () => {
  it('is the list of them and the fields of the first; what is about one item is said to be the first one’s', () => {
    expect(fieldProposals('javascript', { body: { email: 'x' } }, 'all')).toEqual([
      { label: '$input.first().json.body', detail: 'object' },
      { label: '$input.first().json.body.email', detail: 'string' },
    ]);
    expect(fieldProposals('python', { email: 'x' }, 'all')).toEqual([{ label: "_input.first()['json']['email']", detail: 'str' }]);
    const place = { steps: [{ id: 'lead', name: 'Lead' }], ofFirst: 'first' };
    const all = proposalsFor('javascript', { ...place, mode: 'all' });
    expect(all.slice(0, 3)).toEqual([
      { label: '$input.all()', detail: 'array' },
      { label: '$input', detail: '' },
      { label: '$json', detail: 'first' },
    ]);
    expect(all.at(-1)).toEqual({ label: "$('lead')", detail: 'Lead' });
    expect(proposalsFor('python', { ...place, mode: 'each' }).map(({ label, detail }) => label + detail)).toContain('_json');
  });
});

import { tokensOf, tokenText } from '@millwright/expressions';
import { createDraft } from '@millwright/workflow/draft';
import type { NodeTypeCatalog } from '@millwright/workflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDraftStore } from '../document/draft-store.ts';
import { testCatalog, testDocument, testType } from '../testing.ts';
import { piecesOf } from './expression-pieces.ts';
import { findHits, matchesIn, type FindQuery, type Hit } from './find-hits.ts';
import { inSlices } from './in-slices.ts';
import { planTextChanges, previewReplacement } from './plan-replace-text.ts';
import type { Reading } from './searchable.ts';

const code = testType({ type: 'test.code', parameters: { properties: { source: { type: 'string', field: { control: 'code' } } } } });
const pick = testType({ type: 'test.pick', parameters: { properties: { mode: { enum: ['acme', 'other'] } } } });
const types = [...testCatalog.all(), code, pick];
const catalog: NodeTypeCatalog = { get: (type) => types.find((info) => info.type === type), all: () => types };
const names = { node: (id: string) => ({ acme: 'Lead form' })[id], input: undefined, vars: 'Variable', env: 'Environment' };
const reading: Reading = { catalog, titleOf: ({ type }) => type, pieces: (source) => piecesOf(tokensOf(source, names), tokenText) };

const document = testDocument(
  [
    ['acme', 'test.trigger'],
    ['a', 'test.step', 100, 0, { url: "Acme {{ $('acme').item.json.company_name }} acme", count: 12 }],
    ['b', 'test.code', 200, 0, { source: "return 'acme'" }],
    ['c', 'test.pick', 300, 0, { mode: 'acme' }],
  ],
  ['acme>a', 'a>b', 'b>c'],
);
const query = (text: string, parts: Partial<FindQuery> = {}): FindQuery => ({ text, isCaseSensitive: false, isWholeWord: false, ...parts });
const find = (of: FindQuery, at = document): readonly Hit[] =>
  [...findHits({ document: at, query: of, reading, known: new WeakMap() })].flat();

describe('finding', () => {
  it('reads names, values, programs and friendly names of data, in reading order', () => {
    expect(find(query('acme')).map(({ id, place }) => `${id} ${place.kind}`)).toEqual([
      'acme name',
      'a parameter',
      'a parameter',
      'a parameter',
      'b parameter',
      'c parameter',
    ]);
    expect(find(query('company name')).map(({ id }) => id)).toEqual(['a']);
    expect(find(query('company_name')).map(({ id }) => id)).toEqual(['a']);
    expect(find(query('12')).map(({ id }) => id)).toEqual(['a']);
  });

  it('minds capital letters and whole words where that is asked for', () => {
    expect(find(query('Acme', { isCaseSensitive: true }))).toHaveLength(1);
    expect(matchesIn('acmes acme (acme)', query('acme', { isWholeWord: true }))).toEqual([
      [6, 10],
      [12, 16],
    ]);
    expect(matchesIn('größer groß', query('groß', { isWholeWord: true }))).toEqual([[7, 11]]);
  });

  it('finds what a text holds, wherever it stands in it', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 20 }),
        fc.string({ minLength: 1, maxLength: 5 }),
        fc.string({ maxLength: 20 }),
        (before, text, after) => {
          const found = matchesIn(before + text + after, query(text, { isCaseSensitive: true }));
          expect(found.length).toBeGreaterThan(0);
          for (const [start, end] of found) expect((before + text + after).slice(start, end)).toBe(text);
        },
      ),
    );
  });

  it('lets go of the page between slices, and gives every hit in the end', async () => {
    const given: number[] = [];
    await inSlices([[1], [2, 3], []], (found) => given.splice(0, given.length, ...found), new AbortController().signal);
    expect(given).toEqual([1, 2, 3]);
  });
});

describe('replacing text', () => {
  it('never touches an id, a reference, or a value out of a list, and is one entry of the history', () => {
    const texts = previewReplacement(document, find(query('acme')), 'Umbrella');
    expect(texts.map(({ before, after }) => [before, after])).toEqual([
      ['ACME', 'Umbrella'],
      ["Acme {{ $('acme').item.json.company_name }} acme", "Umbrella {{ $('acme').item.json.company_name }} Umbrella"],
      ["return 'acme'", "return 'Umbrella'"],
    ]);
    const store = createDraftStore(createDraft(document));
    store.apply(planTextChanges(document, texts));
    const after = store.document();
    expect(after.nodes.map(({ id }) => id)).toEqual(['acme', 'a', 'b', 'c']);
    expect(after.nodes[0]?.name).toBe('Umbrella');
    expect(after.nodes[3]?.parameters).toEqual({ mode: 'acme' });
    expect(after.edges).toEqual(document.edges);
    store.undo();
    expect(store.document()).toEqual(document);
  });

  it('finds what stands at lines, writes it anew, and takes it away where nothing is left', () => {
    const edges = document.edges.map((edge) => (edge.to === 'b' ? { ...edge, label: 'To Umbrella' } : edge));
    const drawn = { ...document, edges };
    const hits = find(query('to umbrella'), drawn);
    expect(hits.map(({ of, id }) => `${of} ${id}`)).toEqual(['edge a:main->b:main']);
    const labelAfter = (to: string): string | undefined => {
      const store = createDraftStore(createDraft(drawn));
      store.apply(planTextChanges(drawn, previewReplacement(drawn, hits, to)));
      return store.document().edges[1]?.label;
    };
    expect(labelAfter('Leads')).toBe('Leads');
    expect(labelAfter(' ')).toBeUndefined();
  });

  it('replaces one hit of several in a text alone', () => {
    const [, , second] = find(query('acme')).filter(({ id }) => id !== 'acme');
    const texts = second ? previewReplacement(document, [second], 'X') : [];
    expect(texts.map(({ after }) => after)).toEqual(["Acme {{ $('acme').item.json.company_name }} X"]);
  });

  it('leaves every expression that refers to data as it was, whatever is replaced by whatever', () => {
    const reference = /\{\{.*?\}\}/g;
    fc.assert(
      fc.property(fc.constantFrom('acme', 'json', '$', 'item', 'a', "'", 'company'), fc.string({ maxLength: 6 }), (text, to) => {
        fc.pre(!to.includes('{') && !to.includes('}'));
        const store = createDraftStore(createDraft(document));
        store.apply(planTextChanges(document, previewReplacement(document, find(query(text)), to)));
        const url = (of: typeof document): string => JSON.stringify(of.nodes[1]?.parameters['url']);
        expect(url(store.document()).match(reference)).toEqual(url(document).match(reference));
      }),
    );
  });
});

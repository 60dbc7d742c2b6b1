import { describe, expect, it } from 'vitest';
import { testCatalog, testDocument } from '../../core/testing.ts';
import { evaluatePreview, proposeAt, withParts } from './evaluate.ts';

const document = testDocument(
  [
    ['t', 'test.trigger'],
    ['list_1', 'test.step'],
    ['end', 'test.step'],
  ],
  ['t>list_1', 'list_1>end'],
);
const aim = { document, catalog: testCatalog, samples: {}, nodeId: 'end', workflowId: 'wf_1', itemIndex: 0, nowMs: 0 };

/** The text after the one proposal whose label is given was taken; `|` is the caret. */
function taken(text: string, label: string): string {
  const offset = text.indexOf('|');
  const source = text.replace('|', '');
  const entry = proposeAt(source, offset, aim).find((one) => one.label === label);
  return entry ? source.slice(0, entry.from) + entry.insert + source.slice(entry.to) : 'not proposed';
}

describe('what is proposed in an expression', () => {
  it('names steps and writes their ids, closed where nothing closes them', () => {
    expect(taken(`{{ $('| }}`, 'LIST_1')).toBe(`{{ $('list_1') }}`);
    expect(taken(`{{ $('li|') }}`, 'LIST_1')).toBe(`{{ $('list_1') }}`);
    expect(taken(`{{ $node["| }}`, 'LIST_1')).toBe(`{{ $node["list_1"] }}`);
  });
});

describe('E31: a preview without an end', () => {
  it.each([
    '{{ (() => { while (true) {} })() }}',
    '{{ (() => { const again = () => again(); return again() })() }}',
    "{{ 'x'.repeat(900000).split('').map((a) => 'y'.repeat(900000).split('')) }}",
    "{{ (() => { let text = 'a'; for (;;) text += text })() }}",
    "{{ (() => { for (;;) { try { throw new Error('no') } catch (error) { continue } } })() }}",
    "{{ (() => { for (;;) /(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!') })() }}",
    '{{ (() => { for (;;) $now.toRelative() })() }}',
  ])('is given up by counted work, the same on every machine: %s', async (source) => {
    expect(await withParts(() => evaluatePreview(source, aim))).toMatchObject({ kind: 'error', code: 'expression_limit' });
  });
});

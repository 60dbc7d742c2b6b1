import { renameNodesIn } from '@millwright/expressions';
import { createDraft } from '@millwright/workflow/draft';
import { describe, expect, it } from 'vitest';
import { createDraftStore } from '../document/draft-store.ts';
import { testDocument } from '../testing.ts';
import { readClipboard } from '@millwright/workflow';
import { writeClipboard } from './clipboard.ts';
import { planPaste } from './plan-paste.ts';

const document = testDocument(
  [
    ['t', 'test.trigger'],
    ['a', 'test.step', 320, 8],
    [
      'b',
      'test.step',
      640,
      8,
      { url: "{{ $('a').item.json.x }} {{ $('t').item.json.y }} $('a')", body: '{{ "$(\'a\')" + $node["a"].json.z }}' },
    ],
  ],
  ['t>a', 'a>b'],
);

function pasted() {
  const content = readClipboard(writeClipboard(document, new Set(['a', 'b'])));
  if (!content) throw new Error('unreadable');
  const store = createDraftStore(createDraft(document));
  const paste = planPaste(document, content, { x: 1000, y: 1000, rename: renameNodesIn });
  store.apply(paste.changes);
  return { store, paste };
}

describe('a paste', () => {
  it('has new ids, inner edges only, and a number behind taken names', () => {
    const { store, paste } = pasted();
    const [first = '', second = ''] = paste.nodeIds;
    const after = store.document();
    expect(after.nodes).toHaveLength(5);
    expect(new Set(after.nodes.map((node) => node.id)).size).toBe(5);
    expect(after.nodes.slice(3).map((node) => node.name)).toEqual(['A 2', 'B 2']);
    expect(after.edges.slice(2)).toEqual([{ from: first, output: 'main', to: second, input: 'main' }]);
    expect(after.nodes.slice(3).map((node) => node.position)).toEqual([
      [1000, 1000],
      [1320, 1000],
    ]);
  });

  it('points references inside the set at the copies and leaves others, and text outside of braces, alone', () => {
    const { store, paste } = pasted();
    const copy = store.document().nodes.find((node) => node.id === paste.nodeIds[1]);
    expect(copy?.parameters['url']).toBe(`{{ $('${paste.nodeIds[0]}').item.json.x }} {{ $('t').item.json.y }} $('a')`);
    expect(copy?.parameters['body']).toBe(`{{ "$('a')" + $node["${paste.nodeIds[0]}"].json.z }}`);
  });

  it('has what stands at its lines', () => {
    const edges = document.edges.map((edge) => ({ ...edge, label: `to ${edge.to}` }));
    const content = readClipboard(writeClipboard({ ...document, edges }, new Set(['a', 'b'])));
    expect(content?.edges).toEqual([{ from: 'a', output: 'main', to: 'b', input: 'main', label: 'to b' }]);
  });

  it('is one entry of the history', () => {
    const { store } = pasted();
    store.undo();
    expect(store.document()).toEqual(document);
  });

  it.each([
    '',
    'hello',
    '{}',
    '[1]',
    '{"format":"millwright.clipboard/2","nodes":[]}',
    '{"format":"millwright.clipboard/1","nodes":[{"id":"1"}]}',
  ])('refuses %j', (text) => {
    expect(readClipboard(text)).toBeNull();
  });

  it('takes a whole workflow document', () => {
    expect(readClipboard(JSON.stringify(document))?.nodes).toHaveLength(3);
  });
});

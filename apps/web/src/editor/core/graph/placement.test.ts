import { createDraft } from '@millwright/workflow/draft';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDraftStore } from '../document/draft-store.ts';
import { testCatalog, testDocument, testTypes, type TestNode } from '../testing.ts';
import { doOverlap } from './geometry.ts';
import { layoutOf } from './layout.ts';
import { planInsertion, type Placement } from './placement.ts';
import { planHealedRemoval } from './removal.ts';

const step = testTypes[1];
if (!step) throw new Error('no test type');

const chain = testDocument(
  [
    ['a', 'test.trigger', 0, 0],
    ['b', 'test.step', 320, 0],
    ['c', 'test.step', 640, 0],
    ['other', 'test.step', 640, 400],
  ],
  ['a>b', 'b>c'],
);

function insert(placement: Placement, document = chain) {
  const store = createDraftStore(createDraft(document));
  const { node, changes } = planInsertion(document, testCatalog, { info: step as NonNullable<typeof step>, name: 'New', placement });
  store.apply(changes);
  return { node, store, after: store.document() };
}

describe('a new step', () => {
  it('on an edge takes its place and moves only what lies behind, as far as needed; one undo restores all', () => {
    const { node, store, after } = insert({ kind: 'onEdge', edge: { from: 'a', output: 'main', to: 'b', input: 'main' } });
    expect(after.edges.map((edge) => `${edge.from}>${edge.to}`).toSorted()).toEqual([`a>${node.id}`, `${node.id}>b`, 'b>c'].toSorted());
    const at = (id: string) => after.nodes.find((candidate) => candidate.id === id)?.position;
    expect(at(node.id)).toEqual([320, 0]);
    expect(at('b')).toEqual([640, 0]);
    expect(at('c')).toEqual([960, 0]);
    expect(at('other')).toEqual([640, 400]);
    store.undo();
    expect(store.document()).toEqual(chain);
  });

  it('on a labelled edge leaves the label before it, and gives it back when it is deleted with healing', () => {
    const edge = { from: 'a', output: 'main', to: 'b', input: 'main', label: 'Paid' };
    const { node, store, after } = insert({ kind: 'onEdge', edge }, { ...chain, edges: [edge] });
    const labels = (): readonly string[] => store.document().edges.map(({ from, to, label = '' }) => `${from}>${to} ${label}`);
    expect(labels()).toEqual([`a>${node.id} Paid`, `${node.id}>b `]);
    store.apply(planHealedRemoval(after, testCatalog, new Set([node.id])));
    expect(labels()).toEqual(['a>b Paid']);
  });

  it('after a step is joined to the output that was used', () => {
    const { node, after } = insert({ kind: 'after', from: { nodeId: 'c', port: 'main' } });
    expect(after.edges.at(-1)).toEqual({ from: 'c', output: 'main', to: node.id, input: 'main' });
  });

  it('never lies on another step, wherever it is wanted', () => {
    const place = fc.record({ x: fc.integer({ min: -400, max: 1200 }), y: fc.integer({ min: -400, max: 800 }) });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 8 }), place, (taken, at) => {
        const document = testDocument(taken.map(({ x, y }, index): TestNode => [`n${index}`, 'test.step', x, y]));
        const { node } = insert({ kind: 'free', at }, document);
        const { boxOf } = layoutOf(document, testCatalog);
        for (const other of document.nodes) expect(doOverlap(boxOf(node), boxOf(other))).toBe(false);
      }),
    );
  });
});

describe('deleting with healing', () => {
  it('joins the neighbours, also over several removed steps in a row', () => {
    const store = createDraftStore(
      createDraft(
        testDocument(
          [
            ['a', 'test.trigger'],
            ['b', 'test.step'],
            ['c', 'test.step'],
            ['d', 'test.step'],
          ],
          ['a>b', 'b>c', 'c>d'],
        ),
      ),
    );
    store.apply(planHealedRemoval(store.document(), testCatalog, new Set(['b', 'c'])));
    expect(store.document().edges).toEqual([{ from: 'a', output: 'main', to: 'd', input: 'main' }]);
  });
});

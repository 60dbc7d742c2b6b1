import { createDraft } from '@millwright/workflow/draft';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDraftStore } from '../../document/draft-store.ts';
import { testCatalog, testDocument, type TestNode } from '../../testing.ts';
import { edgeIndexOf } from './edge-index.ts';
import { doOverlap } from '../geometry.ts';
import { edgeUnder, planDropOnEdge } from './insert-on-edge.ts';
import { layoutOf } from '../layout.ts';

const document = testDocument(
  [
    ['a', 'test.trigger'],
    ['b', 'test.step', 400, 0],
    ['c', 'test.step', 800, 0],
    ['free', 'test.step', 0, 400],
  ],
  ['a>b', 'b>c'],
);
const names = (point: { readonly x: number; readonly y: number }): string | null => {
  const edge = edgeIndexOf(document, testCatalog).at(point);
  return edge && `${edge.from}>${edge.to}`;
};

describe('lines by place', () => {
  it('finds the line under a point, and none beside it', () => {
    expect(names({ x: 320, y: 32 })).toBe('a>b');
    expect(names({ x: 720, y: 50 })).toBe('b>c');
    expect(names({ x: 720, y: 120 })).toBeNull();
    expect(names({ x: 520, y: 32 })).toBeNull();
  });

  it('agrees with looking at every line, however they lie', () => {
    const place = fc.tuple(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -2000, max: 2000 }));
    fc.assert(
      fc.property(fc.array(place, { minLength: 2, maxLength: 8 }), place, (places, [x, y]) => {
        const nodes = places.map(([left, top], index): TestNode => [`n${index}`, 'test.step', left, top]);
        const all = testDocument(
          nodes,
          places.slice(1).map((_, index) => `n${index}>n${index + 1}`),
        );
        const together = edgeIndexOf(all, testCatalog).at({ x, y });
        const alone = all.edges.some((edge) => edgeIndexOf({ ...all, edges: [edge] }, testCatalog).at({ x, y }) !== null);
        expect(together !== null).toBe(alone);
      }),
    );
  });

  it('takes a loose step dropped onto a line between its ends; what follows makes room, and one undo restores all', () => {
    const move = { nodeId: 'free', to: { x: 480, y: 20 } };
    const edge = edgeUnder(document, testCatalog, { ...move, to: { x: 600, y: 0 } });
    expect(edge).toMatchObject({ from: 'b', to: 'c' });
    const store = createDraftStore(createDraft(document));
    store.apply(
      planDropOnEdge(document, testCatalog, {
        move: { ...move, to: { x: 660, y: 0 } },
        edge: edge ?? { from: '', output: '', to: '', input: '' },
      }),
    );
    const after = store.document();
    expect(after.edges.map(({ from, to }) => `${from}>${to}`)).toEqual(['a>b', 'b>free', 'free>c']);
    const { boxOf } = layoutOf(after, testCatalog);
    const boxes = after.nodes.map(boxOf);
    expect(boxes.some((one, index) => boxes.slice(index + 1).some((other) => doOverlap(one, other)))).toBe(false);
    store.undo();
    expect(store.document()).toEqual(document);
  });

  it('lets a step that is joined to something lie on a line', () => {
    expect(edgeUnder(document, testCatalog, { nodeId: 'a', to: { x: 600, y: 0 } })).toBeNull();
  });
});

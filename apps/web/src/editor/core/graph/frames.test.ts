import { createDraft } from '@millwright/workflow/draft';
import { describe, expect, it } from 'vitest';
import { createDraftStore } from '../document/draft-store.ts';
import { testCatalog, testDocument, testTypes } from '../testing.ts';
import { planDrop, planMove } from './frames.ts';
import { doOverlap } from './geometry.ts';
import { FRAME, layoutOf } from './layout.ts';
import { planInsertion, type Placement } from './placement.ts';
import { planUnwrap, withContent } from './removal.ts';

const mapped = testDocument(
  [
    ['t', 'test.trigger', 0, 0],
    ['m', 'test.map', 320, 8],
    ['c', 'test.step', 464, 76, {}, 'm'],
    ['n', 'test.step', 1000, 0],
    ['free', 'test.step', 0, 600],
  ],
  ['t>m', 'm.each>c', 'c>m.collect', 'm>n'],
);

function open(document = mapped) {
  const store = createDraftStore(createDraft(document));
  const at = (id: string) => store.document().nodes.find((node) => node.id === id);
  const box = (id: string) => {
    const node = at(id);
    if (!node) throw new Error(`no node ${id}`);
    return layoutOf(store.document(), testCatalog).boxOf(node);
  };
  const edges = (): string[] => store.document().edges.map((edge) => `${edge.from}.${edge.output}>${edge.to}.${edge.input}`);
  return { store, at, box, edges };
}

function insert(store: ReturnType<typeof open>['store'], type: string, placement: Placement): string {
  const info = testTypes.find((candidate) => candidate.type === type);
  if (!info) throw new Error(`no type ${type}`);
  const { node, changes } = planInsertion(store.document(), testCatalog, { info, name: 'New', placement });
  store.apply(changes);
  return node.id;
}

describe('a container', () => {
  it('takes along what it holds when it is moved', () => {
    const { store, at } = open();
    store.apply(planMove(store.document(), testCatalog, [{ nodeId: 'm', to: { x: 400, y: 88 } }]));
    expect(at('m')?.position).toEqual([400, 88]);
    expect(at('c')?.position).toEqual([544, 156]);
  });

  it('takes a step that is dropped into it, cuts lines that would cross its frame, and one undo restores all', () => {
    const { store, at, edges } = open();
    store.apply(planDrop(store.document(), testCatalog, [{ nodeId: 'n', to: { x: 480, y: 90 } }]));
    expect(at('n')?.parent).toBe('m');
    expect(edges()).not.toContain('m.main>n.main');
    store.undo();
    expect(store.document()).toEqual(mapped);
  });

  it('lets a step go that is dragged out of it', () => {
    const { store, at, edges } = open();
    store.apply(planDrop(store.document(), testCatalog, [{ nodeId: 'c', to: { x: 400, y: 700 } }]));
    expect(at('c')?.parent).toBeNull();
    expect(edges()).toEqual(['t.main>m.main', 'm.main>n.main']);
  });

  it('never hides its head or its ports behind a step that is dropped there', () => {
    const { store, at, box } = open();
    store.apply(planDrop(store.document(), testCatalog, [{ nodeId: 'free', to: { x: 300, y: 0 } }]));
    const frame = box('m');
    expect(at('free')?.parent).toBe('m');
    expect(at('free')?.position[0]).toBeGreaterThanOrEqual(frame.x + FRAME.side);
    expect(at('free')?.position[1]).toBeGreaterThanOrEqual(frame.y + FRAME.head + FRAME.pad);
  });

  it('joins a loose step that is dropped into it while it is empty', () => {
    const empty = testDocument([
      ['m', 'test.map', 0, 0],
      ['s', 'test.step', 0, 400],
    ]);
    const { store, edges } = open(empty);
    store.apply(planDrop(store.document(), testCatalog, [{ nodeId: 's', to: { x: 200, y: 60 } }]));
    expect(edges()).toEqual(['m.each>s.main', 's.main>m.collect']);
    store.undo();
    expect(store.document()).toEqual(empty);
  });

  it('never takes a trigger, nor itself', () => {
    const { store, at } = open();
    store.apply(planDrop(store.document(), testCatalog, [{ nodeId: 't', to: { x: 480, y: 90 } }]));
    expect(at('t')?.parent).toBeNull();
    store.apply(planDrop(store.document(), testCatalog, [{ nodeId: 'm', to: { x: 340, y: 20 } }]));
    expect(at('m')?.parent).toBeNull();
  });

  it('grows around steps that are added inside, and what stands beside it makes room', () => {
    const { store, at, box } = open();
    for (let count = 0; count < 3; count += 1) {
      const edge = store.document().edges.find((candidate) => candidate.to === 'm' && candidate.input === 'collect');
      if (!edge) throw new Error('nothing is collected');
      const id = insert(store, 'test.step', { kind: 'onEdge', edge });
      expect(at(id)?.parent).toBe('m');
    }
    expect(doOverlap(box('m'), box('n'))).toBe(false);
    expect(box('n').x).toBeGreaterThan(1000);
  });

  it('joins the first step of its inside to both of its inner ports', () => {
    const { store, edges } = open(testDocument([['m', 'test.map', 0, 0]]));
    const id = insert(store, 'test.step', { kind: 'after', from: { nodeId: 'm', port: 'each' } });
    expect(edges()).toEqual([`m.each>${id}.main`, `${id}.main>m.collect`]);
  });

  it('can hold another one, which is placed and moved with it', () => {
    const { store, at } = open(testDocument([['m', 'test.map', 0, 0]]));
    const inner = insert(store, 'test.map', { kind: 'after', from: { nodeId: 'm', port: 'each' } });
    const deepest = insert(store, 'test.step', { kind: 'after', from: { nodeId: inner, port: 'each' } });
    expect(at(deepest)?.parent).toBe(inner);
    expect([...withContent(store.document(), testCatalog, new Set(['m']))].toSorted()).toEqual(['m', inner, deepest].toSorted());
  });

  it('that is taken away leaves its steps joined to what came before and after', () => {
    const { store, at, edges } = open();
    store.apply(planUnwrap(store.document(), testCatalog, 'm'));
    expect(at('m')).toBeUndefined();
    expect(at('c')?.parent).toBeNull();
    expect(edges().toSorted()).toEqual(['c.main>n.main', 't.main>c.main']);
    store.undo();
    expect(store.document()).toEqual(mapped);
  });
});

describe('a layout', () => {
  it('treats steps whose containers hold each other as being in none', () => {
    const circle = testDocument([
      ['a', 'test.map', 0, 0, {}, 'b'],
      ['b', 'test.map', 0, 0, {}, 'a'],
      ['c', 'test.step', 0, 0, {}, 'a'],
    ]);
    const { parentOf } = layoutOf(circle, testCatalog);
    expect(['a', 'b', 'c'].map(parentOf)).toEqual([null, null, null]);
  });

  it('hands over frames before what is in them, as the canvas needs it', () => {
    const document = testDocument([
      ['c', 'test.step', 0, 0, {}, 'm'],
      ['m', 'test.map', 0, 0],
    ]);
    expect(layoutOf(document, testCatalog).inOrder.map((node) => node.id)).toEqual(['m', 'c']);
  });
});

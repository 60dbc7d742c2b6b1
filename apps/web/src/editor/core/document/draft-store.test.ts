import { applyDocument, createDraft, readDraft } from '@millwright/workflow/draft';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { testDocument } from '../testing.ts';
import type { DraftChange } from './changes.ts';
import { createDraftStore } from './draft-store.ts';

const IDS = ['a', 'b', 'c', 'd'];
const base = testDocument(
  [
    ['a', 'test.trigger'],
    ['b', 'test.step', 320],
    ['c', 'test.step', 640],
  ],
  ['a>b', 'b>c'],
);

const id = fc.constantFrom(...IDS);
const change: fc.Arbitrary<DraftChange> = fc.oneof(
  id.map((nodeId): DraftChange => ({ kind: 'removeNode', nodeId })),
  fc.record({ kind: fc.constant('moveNode' as const), nodeId: id, position: fc.tuple(fc.integer(), fc.integer()) }),
  fc.record({ kind: fc.constant('renameNode' as const), nodeId: id, name: fc.constantFrom('One', 'Two') }),
  fc.record({
    kind: fc.constant('setParameter' as const),
    nodeId: id,
    key: fc.constantFrom('url', 'body'),
    value: fc.constantFrom('x', 5, undefined),
  }),
  fc.record({ kind: fc.constant('setNodeSetting' as const), nodeId: id, key: fc.constant('disabled' as const), value: fc.boolean() }),
  fc.tuple(id, id).map(([from, to]): DraftChange => ({ kind: 'addEdge', edge: { from, output: 'main', to, input: 'main' } })),
  fc.tuple(id, id).map(([from, to]): DraftChange => ({ kind: 'removeEdge', edge: { from, output: 'main', to, input: 'main' } })),
  fc.record({ kind: fc.constant('setParent' as const), nodeId: id, parent: fc.option(id) }),
  fc.record({
    kind: fc.constant('resizeNode' as const),
    nodeId: id,
    size: fc.option(fc.tuple(fc.nat(2000), fc.nat(2000)), { nil: undefined }),
  }),
  fc.constantFrom('parallel', 'sequential').map((value): DraftChange => ({ kind: 'setWorkflowSetting', key: 'order', value })),
  fc.constantFrom('First', 'Second').map((name): DraftChange => ({ kind: 'renameWorkflow', name })),
);

describe('the draft store', () => {
  it('has in its snapshot what the draft says, whatever was changed', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const store = createDraftStore(createDraft(base));
        for (const one of changes) store.apply([one]);
        expect(store.document()).toEqual(readDraft(store.draft));
      }),
    );
  });

  it('undoes everything back to the start, and redoes everything to the end', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const store = createDraftStore(createDraft(base));
        for (const one of changes) store.apply([one]);
        const end = store.document();
        while (store.history().canUndo) store.undo();
        expect(store.document()).toEqual(base);
        while (store.history().canRedo) store.redo();
        expect(store.document()).toEqual(end);
      }),
    );
  });

  it('keeps the identity of nodes that did not change', () => {
    const store = createDraftStore(createDraft(base));
    const [a, b] = store.document().nodes;
    store.apply([{ kind: 'setParameter', nodeId: 'b', key: 'url', value: 'x' }]);
    expect(store.document().nodes[0]).toBe(a);
    expect(store.document().nodes[1]).not.toBe(b);
    store.apply([{ kind: 'removeNode', nodeId: 'c' }]);
    expect(store.document().nodes[0]).toBe(a);
  });

  it('makes one entry of a burst, two after a pause, and one of each change outside of a burst', () => {
    let now = 0;
    const store = createDraftStore(createDraft(base), () => now);
    const type = (value: string): void => store.apply([{ kind: 'setParameter', nodeId: 'b', key: 'url', value }], { burst: 'type:b:url' });
    for (const text of ['h', 'ht', 'htt']) type(text);
    now += 5000;
    type('http');
    store.apply([{ kind: 'moveNode', nodeId: 'b', position: [8, 8] }]);
    const values: unknown[] = [];
    while (store.history().canUndo) {
      store.undo();
      values.push(store.document().nodes[1]?.parameters['url']);
    }
    expect(values).toEqual(['http', 'htt', undefined]);
  });

  it('never undoes what a colleague did', () => {
    const mine = createDraft(base);
    const store = createDraftStore(mine);
    const theirs = new Y.Doc();
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine));
    store.apply([{ kind: 'moveNode', nodeId: 'b', position: [8, 8] }]);
    const changed = readDraft(theirs);
    applyDocument(theirs, { ...changed, nodes: changed.nodes.map((node) => (node.id === 'b' ? { ...node, name: 'Theirs' } : node)) });
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs), 'remote');
    store.undo();
    expect(store.document().nodes[1]).toMatchObject({ name: 'Theirs', position: [320, 0] });
    expect(store.history().canUndo).toBe(false);
  });

  it('ignores a change of a node that is gone', () => {
    const store = createDraftStore(createDraft(base));
    store.apply([{ kind: 'renameNode', nodeId: 'ghost', name: 'Boo' }]);
    expect(store.document()).toEqual(base);
  });
});

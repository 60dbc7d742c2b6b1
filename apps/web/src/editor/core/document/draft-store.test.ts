import { applyDocument, createDraft, readDraft } from '@millwright/workflow/draft';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { testDocument } from '../testing.ts';
import { createDraftStore } from './draft-store.ts';
import { anyChange } from './random-changes.ts';

const IDS = ['a', 'b', 'c', 'd'];
const base = testDocument(
  [
    ['a', 'test.trigger'],
    ['b', 'test.step', 320],
    ['c', 'test.step', 640],
  ],
  ['a>b', 'b>c'],
);

const change = anyChange(IDS);

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

  it('plans what a write would change without changing anything', () => {
    const store = createDraftStore(createDraft(base));
    const rename = { kind: 'renameNode', nodeId: 'b', name: 'Planned' } as const;
    expect(store.planOf(() => store.apply([rename]))).toEqual([rename]);
    expect(store.document()).toEqual(base);
    expect(store.history().canUndo).toBe(false);
    store.apply([rename]);
    expect(store.document().nodes[1]?.name).toBe('Planned');
  });

  it('keeps the nodes as they are when only a note changes, and two people grouping two steps both keep theirs', () => {
    const section = { id: 's', kind: 'section', text: '', color: 'blue' } as const;
    const annotated = {
      ...base,
      annotations: [{ ...section, position: [0, 0] as [number, number], size: [10, 10] as [number, number], members: ['a'] }],
    };
    const mine = createDraft(annotated);
    const store = createDraftStore(mine);
    const theirs = new Y.Doc();
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine));
    const other = createDraftStore(theirs);
    const { nodes } = store.document();
    store.apply([{ kind: 'setMember', sectionId: 's', nodeId: 'b', isMember: true }]);
    other.apply([{ kind: 'setMember', sectionId: 's', nodeId: 'c', isMember: true }]);
    expect(store.document().nodes).toBe(nodes);
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs), 'remote');
    expect(store.document().annotations[0]?.members).toEqual(['a', 'b', 'c']);
    store.undo();
    expect(store.document().annotations[0]?.members).toEqual(['a', 'c']);
  });

  it('keeps the nodes as they are when only a note changes, and two people grouping two steps both keep theirs', () => {
    const section = { id: 's', kind: 'section', text: '', color: 'blue' } as const;
    const annotated: typeof base = { ...base, annotations: [{ ...section, position: [0, 0], size: [10, 10], members: ['a'] }] };
    const mine = createDraft(annotated);
    const store = createDraftStore(mine);
    const theirs = new Y.Doc();
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine));
    const other = createDraftStore(theirs);
    const { nodes } = store.document();
    store.apply([{ kind: 'setMember', sectionId: 's', nodeId: 'b', isMember: true }]);
    other.apply([{ kind: 'setMember', sectionId: 's', nodeId: 'c', isMember: true }]);
    expect(store.document().nodes).toBe(nodes);
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs), 'remote');
    expect(store.document().annotations[0]?.members).toEqual(['a', 'b', 'c']);
    store.undo();
    expect(store.document().annotations[0]?.members).toEqual(['a', 'c']);
  });

  it('ignores a change of a node that is gone', () => {
    const store = createDraftStore(createDraft(base));
    store.apply([{ kind: 'renameNode', nodeId: 'ghost', name: 'Boo' }]);
    expect(store.document()).toEqual(base);
  });
});

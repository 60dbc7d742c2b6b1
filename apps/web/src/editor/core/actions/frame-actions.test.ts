// Fetched by the actions when they first need it: here it is there before, so that no test waits for a file to be compiled.
import '@millwright/expressions/browser';
import { createDraft } from '@millwright/workflow/draft';
import { describe, expect, it } from 'vitest';
import { createDraftStore } from '../document/draft-store.ts';
import type { EditorSession } from '../session.ts';
import { createInterfaceStore, selectNodes } from '../state/interface-store.ts';
import { createOverlayStore } from '../state/overlay-store.ts';
import { testCatalog, testDocument } from '../testing.ts';
import { removeFramesOnly, removeWithContent } from './edit-actions.ts';
import { findAction } from './registry.ts';

const mapped = testDocument(
  [
    ['t', 'test.trigger', 0, 0],
    ['m', 'test.map', 320, 8],
    ['c', 'test.step', 464, 76, {}, 'm'],
    ['n', 'test.step', 1000, 0],
  ],
  ['t>m', 'm.each>c', 'c>m.collect', 'm>n'],
);

function sessionOn(document = mapped): EditorSession {
  return {
    workflowId: 'wf_1',
    isReadOnly: false,
    draft: createDraftStore(createDraft(document)),
    catalog: testCatalog,
    ui: createInterfaceStore(),
    overlay: createOverlayStore(),
    camera: { current: null },
    clipboard: { write: () => undefined, read: () => Promise.resolve(null) },
    requests: { startRun: () => undefined },
    problems: () => [],
    say: () => undefined,
    titleOf: (info) => info.title,
  };
}

function run(session: EditorSession, action: string, nodeIds: readonly string[]): void {
  selectNodes(session.ui, nodeIds);
  findAction(action)?.run(session);
}

describe('slash', () => {
  it('on an empty container adds inside, on a filled one behind it', () => {
    const empty = sessionOn(testDocument([['m', 'test.map']]));
    run(empty, 'addStep', ['m']);
    expect(empty.ui.getState().picker?.placement).toEqual({ kind: 'after', from: { nodeId: 'm', port: 'each' } });
    const filled = sessionOn({ ...mapped, edges: mapped.edges.filter((edge) => edge.to !== 'n') });
    run(filled, 'addStep', ['m']);
    expect(filled.ui.getState().picker?.placement).toEqual({ kind: 'after', from: { nodeId: 'm', port: 'main' } });
  });
  it('on the last step of a container adds between it and the result', () => {
    const session = sessionOn();
    run(session, 'addStep', ['c']);
    expect(session.ui.getState().picker?.placement).toMatchObject({ kind: 'onEdge', edge: { from: 'c', to: 'm', input: 'collect' } });
  });
});

describe('deleting a container', () => {
  it('asks first, because more goes than is selected; without content it does not', () => {
    const session = sessionOn();
    run(session, 'remove', ['m']);
    expect(session.ui.getState().dialog).toBe('removeFrame');
    expect(session.draft.document()).toEqual(mapped);
    const empty = sessionOn(testDocument([['m', 'test.map']]));
    run(empty, 'remove', ['m']);
    expect(empty.ui.getState().dialog).toBeNull();
    expect(empty.draft.document().nodes).toEqual([]);
  });
  it('takes all or keeps what is inside, each as one entry of the history', () => {
    const all = sessionOn();
    selectNodes(all.ui, ['m']);
    removeWithContent(all);
    expect(all.draft.document().nodes.map((node) => node.id)).toEqual(['t', 'n']);
    all.draft.undo();
    expect(all.draft.document()).toEqual(mapped);
    const frame = sessionOn();
    selectNodes(frame.ui, ['m']);
    removeFramesOnly(frame);
    expect(frame.draft.document().nodes.map((node) => [node.id, node.parent])).toEqual([
      ['t', null],
      ['c', null],
      ['n', null],
    ]);
    frame.draft.undo();
    expect(frame.draft.document()).toEqual(mapped);
  });
  it('duplicates it with what it holds', async () => {
    const session = sessionOn();
    const said = await new Promise((say) => run({ ...session, say }, 'duplicate', ['m']));
    expect(said).toEqual({ key: 'say.pasted', values: { count: 2 } });
    expect(session.draft.document().nodes.slice(4)).toHaveLength(2);
    const copies = session.draft.document().nodes.slice(4);
    expect(copies[1]?.parent).toBe(copies[0]?.id);
  });
});

describe('taking a step out of its frame by keyboard', () => {
  it('puts it outside, and one undo puts it back', () => {
    const session = sessionOn();
    run(session, 'takeOut', ['c']);
    expect(session.draft.document().nodes.find((node) => node.id === 'c')?.parent).toBeNull();
    session.draft.undo();
    expect(session.draft.document()).toEqual(mapped);
  });
});

describe('steps of the same type', () => {
  it('C11: are all selected, of every type that a selected step has, inside containers too', () => {
    const session = sessionOn();
    run(session, 'selectSameType', ['c']);
    expect([...session.ui.getState().selectedNodes].toSorted()).toEqual(['c', 'n']);
    run(session, 'selectSameType', ['t', 'n']);
    expect([...session.ui.getState().selectedNodes].toSorted()).toEqual(['c', 'n', 't']);
  });

  it('C11: cannot be asked for while no step is selected', () => {
    expect(findAction('selectSameType')?.isEnabled(sessionOn())).toBe(false);
  });
});

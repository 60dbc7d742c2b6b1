// Fetched by what pastes when it is first needed: here it is there before, so that no test waits for a file to be compiled.
import '@millwright/expressions/browser';
import { createDraft } from '@millwright/workflow/draft';
import { describe, expect, it } from 'vitest';
import { createDraftStore } from '../../document/draft-store.ts';
import { doOverlap } from '../../graph/geometry.ts';
import { layoutOf } from '../../graph/layout.ts';
import type { Placement } from '../../graph/placement.ts';
import type { EditorSession } from '../../session.ts';
import { createInterfaceStore } from '../../state/interface-store.ts';
import { createOverlayStore } from '../../state/overlay-store.ts';
import { testCatalog, testDocument } from '../../testing.ts';
import { putWhole } from './put-whole.ts';

const open = testDocument(
  [
    ['t', 'test.trigger', 0, 0],
    ['s', 'test.step', 320, 0],
    ['m', 'test.map', 720, 0],
    ['c', 'test.step', 864, 76, {}, 'm'],
  ],
  ['t>s', 's>m', 'm.each>c', 'c>m.collect'],
);

const { nodes, edges } = testDocument(
  [
    ['t', 'test.trigger', 40, 40],
    ['s', 'test.step', 360, 40],
    ['end', 'test.step', 680, 216, { text: "{{ $('s').item.json.a }}" }],
  ],
  ['t>s', 's>end'],
);
const finished = { format: 'millwright.workflow/1', nodes, edges, annotations: [] };

function sessionOn(): EditorSession {
  return {
    workflowId: 'wf_1',
    isReadOnly: false,
    draft: createDraftStore(createDraft(open)),
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

describe('a finished workflow in the open one', () => {
  const places: readonly Placement[] = [
    { kind: 'free', at: { x: 0, y: 0 } },
    { kind: 'free', at: { x: 900, y: 100 } },
    { kind: 'after', from: { nodeId: 's', port: 'main' } },
    { kind: 'after', from: { nodeId: 'c', port: 'main' } },
    { kind: 'onEdge', edge: { from: 't', output: 'main', to: 's', input: 'main' } },
    { kind: 'before', to: { nodeId: 't', port: 'main' }, at: { x: -300, y: 0 } },
  ];
  it.each(places)('is put where one is or below, in no frame and on nothing: $kind', async (placement) => {
    const session = sessionOn();
    await putWhole(session, finished, placement);
    const document = session.draft.document();
    const added = document.nodes.filter(({ id }) => !open.nodes.some((node) => node.id === id));
    expect(added).toHaveLength(3);
    expect(added.map(({ parent }) => parent)).toEqual([null, null, null]);
    const { boxOf, parentOf } = layoutOf(document, testCatalog);
    const outer = document.nodes.filter(({ id }) => parentOf(id) === null);
    const pairs = outer.flatMap((one, index) => outer.slice(index + 1).map((other) => [one, other] as const));
    expect(
      pairs.filter(([one, other]) => doOverlap(boxOf(one), boxOf(other), 0)).map(([one, other]) => `${one.name} ${other.name}`),
    ).toEqual([]);
  });

  it('has names and references of its own, is chosen, and goes with one undo', async () => {
    const session = sessionOn();
    await putWhole(session, finished, { kind: 'free', at: { x: 0, y: 0 } });
    const document = session.draft.document();
    const names = document.nodes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const [copy, end] = ['S 2', 'END'].map((name) => document.nodes.find((node) => node.name === name));
    expect(end?.parameters).toEqual({ text: `{{ $('${copy?.id ?? ''}').item.json.a }}` });
    expect(document.edges).toContainEqual(expect.objectContaining({ from: copy?.id, to: end?.id }));
    expect(session.ui.getState().selectedNodes.size).toBe(3);
    session.draft.undo();
    expect(session.draft.document().nodes).toEqual(open.nodes);
    expect(session.draft.document().edges).toEqual(open.edges);
  });
});

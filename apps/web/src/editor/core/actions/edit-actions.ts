import type { DraftChange } from '../document/changes.ts';
import { withChanges } from '../document/with-changes.ts';
import { type ClipboardContent, planPaste, readClipboard, writeClipboard } from '../graph/clipboard.ts';
import type { Point } from '../graph/geometry.ts';
import { planGrowth } from '../graph/frames.ts';
import { reachable } from '../graph/graph-queries.ts';
import { isContainer, layoutOf } from '../graph/layout.ts';
import { planHealedRemoval, planRemoval, planUnwrap, withContent } from '../graph/removal.ts';
import type { EditorSession } from '../session.ts';
import { selectNodes, soleSelection } from '../state/interface-store.ts';
import { isCommand, pasteCommand } from './paste-command.ts';
import type { UserAction } from './user-action.ts';

/** Distance of a duplicate from its original, px. */
const DUPLICATE_OFFSET = 32;

function hasNodes({ ui }: EditorSession): boolean {
  return ui.getState().selectedNodes.size > 0;
}

function selected(session: EditorSession): ReadonlySet<string> {
  return session.ui.getState().selectedNodes;
}

/** The selection with what its containers hold. */
function selectedWithContent(session: EditorSession): ReadonlySet<string> {
  return withContent(session.draft.document(), session.catalog, selected(session));
}

function copySelected(session: EditorSession): void {
  session.clipboard.write(writeClipboard(session.draft.document(), selectedWithContent(session)));
}

/** Deletes what is selected; containers with content ask first, since more would go than is selected. */
function removeSelected(session: EditorSession): void {
  const { draft, ui } = session;
  if (selectedWithContent(session).size > selected(session).size) ui.setState({ dialog: 'removeFrame' });
  else remove(session, planRemoval(draft.document(), selected(session), ui.getState().selectedEdges));
}

/** Deletes the selected steps and everything in the containers among them. */
export function removeWithContent(session: EditorSession): void {
  remove(session, planRemoval(session.draft.document(), selectedWithContent(session), session.ui.getState().selectedEdges));
}

/** Takes the selected containers away, from the outside in, and keeps the steps that they hold. */
export function removeFramesOnly(session: EditorSession): void {
  const { draft, catalog, ui } = session;
  const chosen = draft.document().nodes.filter((node) => selected(session).has(node.id));
  const frames = layoutOf(draft.document(), catalog).inOrder.filter(
    (node) => chosen.includes(node) && isContainer(catalog.get(node.type, node.version)),
  );
  let after = draft.document();
  const changes = frames.flatMap((frame) => {
    const step = planUnwrap(after, catalog, frame.id);
    after = withChanges(after, step);
    return step;
  });
  const rest = new Set(chosen.filter((node) => !frames.includes(node)).map((node) => node.id));
  remove(session, [...changes, ...planRemoval(after, rest, ui.getState().selectedEdges)]);
}

function remove(session: EditorSession, changes: readonly DraftChange[]): void {
  const count = changes.filter((change) => change.kind === 'removeNode').length;
  session.draft.apply(changes);
  session.ui.setState({ selectedNodes: new Set(), selectedEdges: new Set(), focusedNode: null });
  session.say(count > 0 ? { key: 'say.removed', values: { count } } : { key: 'say.edgeRemoved', values: {} });
}

/** Puts steps from a text, or a cURL command as one, into the draft, where the pointer is or in the middle; tells when the text is something else. */
export function pasteText(session: EditorSession, text: string): void {
  if (isCommand(text)) {
    void pasteCommand(session, text);
    return;
  }
  const content = readClipboard(text);
  if (!content) {
    session.say({ key: 'say.pasteRefused', values: {} });
    return;
  }
  const at = session.camera.current?.pointer() ?? session.camera.current?.center() ?? { x: 0, y: 0 };
  void putIn(session, content, () => ({ ...at, parent: layoutOf(session.draft.document(), session.catalog).frameAt(at) }));
}

/** Expressions are read by code that is fetched when it is first needed. */
async function putIn(session: EditorSession, content: ClipboardContent, placeOf: () => Point & { readonly parent: string | null }) {
  const expressions = await import('@millwright/expressions/browser').catch(() => null);
  if (expressions === null) return session.say({ key: 'say.pasteOffline', values: {} });
  const document = session.draft.document();
  const paste = planPaste(document, content, { ...placeOf(), rename: expressions.renameNodesIn });
  session.draft.apply([...paste.changes, ...planGrowth(document, session.catalog, paste.changes)]);
  selectNodes(session.ui, paste.nodeIds);
  session.say({ key: 'say.pasted', values: { count: paste.nodeIds.length } });
}

async function duplicate(session: EditorSession): Promise<void> {
  const document = session.draft.document();
  const nodes = document.nodes.filter((node) => selected(session).has(node.id));
  const content = readClipboard(writeClipboard(document, selectedWithContent(session)));
  const first = nodes[0];
  if (!content || !first) return;
  const x = Math.min(...nodes.map((node) => node.position[0])) + DUPLICATE_OFFSET;
  const { boxOf, parentOf } = layoutOf(document, session.catalog);
  const below = Math.max(...nodes.map((node) => boxOf(node).y + boxOf(node).height));
  await putIn(session, content, () => ({ x, y: below + DUPLICATE_OFFSET, parent: parentOf(first.id) }));
}

function selectStream(session: EditorSession, direction: 'up' | 'down'): void {
  const { focusedNode, selectedNodes } = session.ui.getState();
  const start = focusedNode ?? [...selectedNodes][0];
  if (start === undefined) return;
  const found = reachable(session.draft.document(), start, direction).filter((id) => id !== start);
  selectNodes(session.ui, [...found, start]);
  session.say({ key: 'say.selected', values: { count: found.length + 1 } });
}

const base = { group: 'edit', scope: 'canvas', places: [], changesDraft: true, isEnabled: hasNodes } as const;

/** Undo, clipboard, selection, removal. */
export const editActions: readonly UserAction[] = [
  {
    ...base,
    id: 'undo',
    icon: 'undo',
    keys: ['mod+z'],
    scope: 'editor',
    places: ['toolbar'],
    isEnabled: ({ draft }) => draft.history().canUndo,
    run: ({ draft }) => draft.undo(),
  },
  {
    ...base,
    id: 'redo',
    icon: 'redo',
    keys: ['mod+shift+z', 'mod+y'],
    scope: 'editor',
    places: ['toolbar'],
    isEnabled: ({ draft }) => draft.history().canRedo,
    run: ({ draft }) => draft.redo(),
  },
  {
    ...base,
    id: 'cut',
    icon: 'cut',
    keys: ['mod+x'],
    isNative: true,
    places: ['node', 'selection'],
    run: (session) => {
      copySelected(session);
      remove(session, planRemoval(session.draft.document(), selectedWithContent(session), new Set()));
    },
  },
  {
    ...base,
    id: 'copy',
    icon: 'copy',
    keys: ['mod+c'],
    isNative: true,
    changesDraft: false,
    places: ['node', 'selection'],
    run: (session) => {
      copySelected(session);
      session.say({ key: 'say.copied', values: { count: selected(session).size } });
    },
  },
  {
    ...base,
    id: 'paste',
    icon: 'paste',
    keys: ['mod+v'],
    isNative: true,
    places: ['pane'],
    isEnabled: () => true,
    run: (session) => {
      void session.clipboard
        .read()
        .then((text) => (text === null ? session.say({ key: 'say.pasteByKey', values: {} }) : pasteText(session, text)));
    },
  },
  {
    ...base,
    id: 'duplicate',
    icon: 'duplicate',
    keys: ['mod+d'],
    places: ['node', 'selection'],
    run: (session) => void duplicate(session),
  },
  {
    ...base,
    id: 'selectAll',
    icon: 'selectAll',
    keys: ['mod+a'],
    changesDraft: false,
    places: ['pane'],
    isEnabled: ({ draft }) => draft.document().nodes.length > 0,
    run: (session) => {
      const ids = session.draft.document().nodes.map((node) => node.id);
      selectNodes(session.ui, ids);
      session.say({ key: 'say.selected', values: { count: ids.length } });
    },
  },
  {
    ...base,
    id: 'selectUpstream',
    icon: 'upstream',
    keys: ['shift+arrowleft'],
    changesDraft: false,
    run: (session) => selectStream(session, 'up'),
  },
  {
    ...base,
    id: 'selectDownstream',
    icon: 'downstream',
    keys: ['shift+arrowright'],
    changesDraft: false,
    run: (session) => selectStream(session, 'down'),
  },
  {
    ...base,
    id: 'remove',
    icon: 'remove',
    keys: ['delete', 'backspace'],
    places: ['node', 'edge', 'selection'],
    isEnabled: ({ ui }) => ui.getState().selectedNodes.size + ui.getState().selectedEdges.size > 0,
    run: removeSelected,
  },
  {
    ...base,
    id: 'removeAndJoin',
    icon: 'removeAndJoin',
    keys: ['mod+delete', 'mod+backspace'],
    places: ['node'],
    isEnabled: (session) => soleSelection(session.ui.getState()) !== null,
    run: (session) => remove(session, planHealedRemoval(session.draft.document(), session.catalog, selected(session))),
  },
];

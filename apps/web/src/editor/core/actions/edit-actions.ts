import type { DraftChange } from '../document/changes.ts';
import { withChanges } from '../document/with-changes.ts';
import { writeClipboard } from '../graph/clipboard.ts';
import { reachable } from '../graph/graph-queries.ts';
import { isContainer, layoutOf } from '../graph/layout.ts';
import { planHealedRemoval, planRemoval, planUnwrap, withContent } from '../graph/removal.ts';
import { boxOfAny, withMembers } from '../graph/annotations/sections.ts';
import { boundsOf } from '../graph/geometry.ts';
import type { EditorSession } from '../session.ts';
import { shownDocument } from '../shown-document.ts';
import { selectNodes, soleSelection } from '../state/interface-store.ts';
import { withPasting } from './paste/with-pasting.ts';
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

/** The selection with what its containers and sections hold. */
function selectedToCopy(session: EditorSession): ReadonlySet<string> {
  const document = session.draft.document();
  return withContent(document, session.catalog, withMembers(document, session.catalog, selected(session)));
}

/** What is selected, as text for the clipboard. */
export function selectionText(session: EditorSession): string {
  return writeClipboard(session.draft.document(), selectedToCopy(session));
}

function copySelected(session: EditorSession): void {
  session.clipboard.write(selectionText(session));
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
  const before = session.draft.document();
  session.draft.apply(changes);
  session.ui.setState({ selectedNodes: new Set(), selectedEdges: new Set(), focusedNode: null });
  const first = changes.find((change) => change.kind === 'removeAnnotation');
  const section = first && before.annotations.some(({ id, kind }) => kind === 'section' && id === first.annotationId);
  if (count > 0) session.say({ key: 'say.removed', values: { count } });
  else session.say({ key: first ? (section ? 'say.sectionRemoved' : 'say.noteRemoved') : 'say.edgeRemoved', values: {} });
}

function duplicate(session: EditorSession): void {
  const document = session.draft.document();
  const bounds = boundsOf([...selectedToCopy(session)].flatMap((id) => boxOfAny(document, session.catalog, id) ?? []));
  if (!bounds) return;
  const first = document.nodes.find((node) => selected(session).has(node.id));
  const parent = first ? layoutOf(document, session.catalog).parentOf(first.id) : null;
  const at = { x: bounds.x + DUPLICATE_OFFSET, y: bounds.y + bounds.height + DUPLICATE_OFFSET };
  const text = selectionText(session);
  withPasting(session, ({ putText }) => putText(session, text, () => ({ ...at, parent })));
}

function selectStream(session: EditorSession, direction: 'up' | 'down'): void {
  const { focusedNode, selectedNodes } = session.ui.getState();
  const start = focusedNode ?? [...selectedNodes][0];
  if (start === undefined) return;
  const found = reachable(session.draft.document(), start, direction).filter((id) => id !== start);
  selectNodes(session.ui, [...found, start]);
  session.say({ key: 'say.selected', values: { count: found.length + 1 } });
}

/** Selects every step of a type that a selected one has; those inside collapsed sections are left, since nobody sees them. */
function selectSameType(session: EditorSession): void {
  const { nodes } = shownDocument(session);
  const types = new Set(nodes.filter(({ id }) => selected(session).has(id)).map(({ type }) => type));
  const found = nodes.filter(({ type }) => types.has(type)).map(({ id }) => id);
  selectNodes(session.ui, found);
  session.say({ key: 'say.selected', values: { count: found.length } });
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
    places: ['node', 'selection', 'note', 'section'],
    run: (session) => {
      copySelected(session);
      remove(session, planRemoval(session.draft.document(), selectedToCopy(session), new Set()));
    },
  },
  {
    ...base,
    id: 'copy',
    icon: 'copy',
    keys: ['mod+c'],
    isNative: true,
    changesDraft: false,
    places: ['node', 'selection', 'note', 'section'],
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
        .then((text) =>
          text === null
            ? session.say({ key: 'say.pasteByKey', values: {} })
            : withPasting(session, ({ pasteText }) => pasteText(session, text)),
        );
    },
  },
  {
    ...base,
    id: 'duplicate',
    icon: 'duplicate',
    keys: ['mod+d'],
    places: ['node', 'selection', 'note', 'section'],
    run: duplicate,
  },
  {
    ...base,
    id: 'selectAll',
    icon: 'selectAll',
    keys: ['mod+a'],
    changesDraft: false,
    places: ['pane'],
    isEnabled: ({ draft }) => draft.document().nodes.length + draft.document().annotations.length > 0,
    run: (session) => {
      const { nodes, annotations } = shownDocument(session);
      const ids = [...annotations, ...nodes].map(({ id }) => id);
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
    id: 'selectSameType',
    icon: 'selectAll',
    keys: [],
    changesDraft: false,
    places: ['node', 'selection'],
    isEnabled: ({ draft, ui }) => draft.document().nodes.some(({ id }) => ui.getState().selectedNodes.has(id)),
    run: selectSameType,
  },
  {
    ...base,
    id: 'remove',
    icon: 'remove',
    keys: ['delete', 'backspace'],
    places: ['node', 'edge', 'selection', 'note', 'section'],
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

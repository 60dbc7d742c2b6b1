import type { Annotation } from '@millwright/workflow';
import type { DraftChange } from '../../document/changes.ts';
import { ANNOTATION_COLORS, annotationRows, newAnnotationId, newNote, SECTION_COLOR } from '../../graph/annotations/notes.ts';
import { planGroup, sectionsMeant } from '../../graph/annotations/section-plans.ts';
import { findAnnotation, sectionsOf, withMembers } from '../../graph/annotations/sections.ts';
import { planRemoval, withContent } from '../../graph/removal.ts';
import type { EditorSession } from '../../session.ts';
import { collapsedNow } from '../../shown-document.ts';
import { selectNodes, setCollapsed, soleSelection } from '../../state/interface-store.ts';
import type { UserAction } from '../user-action.ts';

/** Half the size of a new note: it is put around the pointer. */
const NOTE_MIDDLE = { x: 120, y: 80 };

function selectedIds({ ui }: EditorSession): ReadonlySet<string> {
  return ui.getState().selectedNodes;
}

function chosenAnnotations(session: EditorSession): readonly Annotation[] {
  return session.draft.document().annotations.filter(({ id }) => selectedIds(session).has(id));
}

function chosenSections(session: EditorSession): readonly Annotation[] {
  return chosenAnnotations(session).filter(({ kind }) => kind === 'section');
}

function addNote(session: EditorSession): void {
  const at = session.camera.current?.pointer() ?? session.camera.current?.center() ?? { x: 0, y: 0 };
  const annotation = newNote(session.draft.document(), session.catalog, { x: at.x - NOTE_MIDDLE.x, y: at.y - NOTE_MIDDLE.y });
  session.draft.apply([{ kind: 'addAnnotation', annotation }]);
  session.camera.current?.reveal(annotation.id);
  selectNodes(session.ui, [annotation.id]);
  session.ui.setState({ renaming: annotation.id });
  session.say({ key: 'say.noteAdded', values: {} });
}

function group(session: EditorSession): void {
  const document = session.draft.document();
  const sectionId = newAnnotationId(document, 'section');
  const plan = planGroup(document, session.catalog, { ids: selectedIds(session), sectionId, color: SECTION_COLOR });
  if (typeof plan === 'string') {
    session.say({ key: `refused.${plan}`, values: {} });
    return;
  }
  session.draft.apply(plan);
  selectNodes(session.ui, [sectionId]);
  session.ui.setState({ renaming: sectionId });
  const count = sectionsOf(session.draft.document(), session.catalog).find(sectionId)?.members.length ?? 0;
  session.say({ key: 'say.grouped', values: { count } });
}

function meant(session: EditorSession): readonly string[] {
  return sectionsMeant(session.draft.document(), session.catalog, selectedIds(session));
}

function ungroup(session: EditorSession): void {
  const { catalog } = session;
  const sections = meant(session).flatMap((id) => sectionsOf(session.draft.document(), catalog).find(id) ?? []);
  session.draft.apply(sections.map(({ annotation }): DraftChange => ({ kind: 'removeAnnotation', annotationId: annotation.id })));
  selectNodes(
    session.ui,
    sections.flatMap(({ members }) => members.map((node) => node.id)),
  );
  session.say({ key: 'say.ungrouped', values: {} });
}

function toggleSections(session: EditorSession): void {
  const ids = meant(session);
  const isOpen = ids.some((id) => !collapsedNow(session).has(id));
  setCollapsed(session.ui, ids, isOpen);
  // What is hidden cannot stay selected.
  selectNodes(session.ui, ids);
  session.say({ key: isOpen ? 'say.collapsed' : 'say.expanded', values: { count: ids.length } });
}

function share(session: EditorSession): void {
  const collapsed = collapsedNow(session);
  const ids = chosenSections(session).map(({ id }) => id);
  session.draft.apply(
    ids.map((id): DraftChange => ({ kind: 'changeAnnotation', annotationId: id, patch: { isCollapsed: collapsed.has(id) } })),
  );
  session.say({ key: 'say.shared', values: {} });
}

function removeWithSteps(session: EditorSession): void {
  const document = session.draft.document();
  const ids = withContent(document, session.catalog, withMembers(document, session.catalog, selectedIds(session)));
  session.draft.apply(planRemoval(document, ids, new Set()));
  session.ui.setState({ selectedNodes: new Set(), focusedNode: null });
  session.say({ key: 'say.removed', values: { count: document.nodes.filter((node) => ids.has(node.id)).length } });
}

/** Gives notes and sections a colour. */
export function setColor(session: EditorSession, ids: readonly string[], color: string): void {
  session.draft.apply(ids.map((id): DraftChange => ({ kind: 'changeAnnotation', annotationId: id, patch: { color } })));
}

function nextColor(session: EditorSession): void {
  const chosen = chosenAnnotations(session);
  const now = ANNOTATION_COLORS.findIndex((color) => color === chosen[0]?.color);
  const color = ANNOTATION_COLORS[(now + 1) % ANNOTATION_COLORS.length] ?? ANNOTATION_COLORS[0];
  const ids = chosen.map(({ id }) => id);
  setColor(session, ids, color);
}

/** Goes to the next note or section; after the last one to the first. */
function nextAnnotation(session: EditorSession): void {
  const rows = annotationRows(session.draft.document());
  const now = rows.findIndex(({ id }) => id === session.ui.getState().focusedNode);
  const next = rows[(now + 1) % rows.length];
  if (!next) return;
  session.camera.current?.reveal(next.id);
  selectNodes(session.ui, [next.id]);
}

const base = { group: 'arrange', scope: 'canvas', keys: [], places: [], changesDraft: true } as const;

/** Sticky notes and sections. */
export const annotationActions: readonly UserAction[] = [
  { ...base, id: 'addNote', icon: 'note', keys: ['shift+n'], places: ['toolbar', 'pane'], isEnabled: () => true, run: addNote },
  {
    ...base,
    id: 'editNote',
    icon: 'rename',
    places: ['note'],
    isEnabled: (session) => findAnnotation(session.draft.document(), soleSelection(session.ui.getState()) ?? '')?.kind === 'note',
    run: (session) => session.ui.setState({ renaming: soleSelection(session.ui.getState()) }),
  },
  {
    ...base,
    id: 'nextAnnotation',
    icon: 'next',
    keys: ['n'],
    changesDraft: false,
    isEnabled: ({ draft }) => draft.document().annotations.length > 0,
    run: nextAnnotation,
  },
  {
    ...base,
    id: 'group',
    icon: 'group',
    keys: ['mod+g'],
    places: ['node', 'selection', 'arrange'],
    isEnabled: (session) => selectedIds(session).size > chosenAnnotations(session).length || chosenSections(session).length > 1,
    run: group,
  },
  {
    ...base,
    id: 'ungroup',
    icon: 'ungroup',
    keys: ['mod+shift+g'],
    places: ['selection', 'section'],
    isEnabled: (session) => meant(session).length > 0,
    run: ungroup,
  },
  {
    ...base,
    id: 'toggleSection',
    icon: 'collapse',
    keys: ['shift+c'],
    places: ['section'],
    changesDraft: false,
    isEnabled: (session) => meant(session).length > 0,
    run: toggleSections,
  },
  {
    ...base,
    id: 'shareSection',
    icon: 'share',
    places: ['section'],
    isEnabled: (session) => chosenSections(session).some(({ id, isCollapsed }) => (isCollapsed ?? false) !== collapsedNow(session).has(id)),
    run: share,
  },
  {
    ...base,
    id: 'nextColor',
    icon: 'color',
    places: ['note', 'section'],
    isEnabled: (session) => chosenAnnotations(session).length > 0,
    run: nextColor,
  },
  {
    ...base,
    id: 'removeWithSteps',
    icon: 'remove',
    places: ['section'],
    isEnabled: (session) => chosenSections(session).length > 0,
    run: removeWithSteps,
  },
];

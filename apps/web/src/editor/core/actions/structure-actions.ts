import { findNode } from '../graph/graph-queries.ts';
import { needsOf, type ReplaceNeeds } from '../graph/replacing/replace-needs.ts';
import type { EditorSession } from '../session.ts';
import { soleSelection } from '../state/interface-store.ts';
import type { UserAction } from './user-action.ts';

/** What a type must have to take the place of the one selected step; null where none can. */
function needsNow({ draft, catalog, ui }: EditorSession): ReplaceNeeds | null {
  const nodeId = soleSelection(ui.getState());
  return nodeId === null ? null : needsOf(draft.document(), catalog, nodeId);
}

function openReplacing(session: EditorSession): void {
  const needs = needsNow(session);
  const node = needs && findNode(session.draft.document(), needs.nodeId);
  if (!needs || !node) return;
  const at = { x: node.position[0], y: node.position[1] };
  session.ui.setState({ picker: { placement: { kind: 'free', at }, at: null, replaces: needs } });
}

const base = { group: 'step', scope: 'canvas', places: ['node'], changesDraft: true } as const;

/** The one selected step, where it is a call whose workflow is chosen. */
function callNow({ draft, ui }: EditorSession): string | null {
  const node = findNode(draft.document(), soleSelection(ui.getState()) ?? '');
  return node?.type === 'core.callWorkflow' && typeof node.parameters['workflow'] === 'string' ? node.id : null;
}

function openFind({ ui }: EditorSession): void {
  ui.setState(({ findNumber }) => ({ leftPanel: 'find', findNumber: findNumber + 1 }));
}

/** What changes how a workflow is built: other types for steps, steps as a workflow of their own, other texts. */
export const structureActions: readonly UserAction[] = [
  {
    ...base,
    id: 'replaceStep',
    icon: 'replace',
    keys: ['shift+r'],
    isEnabled: (session) => needsNow(session) !== null,
    run: openReplacing,
  },
  {
    ...base,
    id: 'extract',
    icon: 'extract',
    keys: ['shift+x'],
    places: ['node', 'selection'],
    isEnabled: ({ draft, ui }) => draft.document().nodes.some(({ id }) => ui.getState().selectedNodes.has(id)),
    run: ({ ui }) => ui.setState({ dialog: 'extract' }),
  },
  {
    ...base,
    id: 'inline',
    icon: 'inline',
    keys: ['shift+i'],
    isEnabled: (session) => callNow(session) !== null,
    run: (session) => void session.requests.inlineCall?.(session, callNow(session) ?? ''),
  },
  {
    ...base,
    id: 'find',
    icon: 'find',
    group: 'edit',
    keys: ['mod+f'],
    scope: 'editor',
    places: ['toolbar'],
    changesDraft: false,
    isEnabled: () => true,
    run: openFind,
  },
];

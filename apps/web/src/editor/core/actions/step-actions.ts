import { edgeKey } from '@millwright/workflow/draft';
import type { DraftChange } from '../document/changes.ts';
import { findNode } from '../graph/graph-queries.ts';
import type { Placement } from '../graph/placement.ts';
import { outputsOf } from '../graph/ports.ts';
import type { EditorSession } from '../session.ts';
import { startConnect, startMove } from '../state/gestures.ts';
import { soleSelection } from '../state/interface-store.ts';
import type { UserAction } from './user-action.ts';

function sole({ ui }: EditorSession): string | null {
  return soleSelection(ui.getState());
}

function toggleDisabled(session: EditorSession): void {
  const nodes = session.draft.document().nodes.filter((node) => session.ui.getState().selectedNodes.has(node.id));
  const disable = nodes.some((node) => !node.settings.disabled);
  session.draft.apply(nodes.map((node): DraftChange => ({ kind: 'setNodeSetting', nodeId: node.id, key: 'disabled', value: disable })));
  session.say({ key: disable ? 'say.disabled' : 'say.enabled', values: { count: nodes.length } });
}

/** Where `/` puts a step: into the selected edge, after the selected step, or in the middle. */
function placementNow(session: EditorSession): Placement {
  const state = session.ui.getState();
  const document = session.draft.document();
  const edge = document.edges.find((candidate) => state.selectedEdges.has(edgeKey(candidate)));
  if (edge) return { kind: 'onEdge', edge };
  const node = findNode(document, soleSelection(state) ?? '');
  const outputs = node ? outputsOf(node, session.catalog.get(node.type, node.version)) : [];
  const free =
    outputs.find((port) => !document.edges.some((candidate) => candidate.from === node?.id && candidate.output === port.name)) ??
    outputs[0];
  if (node && free) return { kind: 'after', from: { nodeId: node.id, port: free.name } };
  const at = session.camera.current?.center() ?? { x: 0, y: 0 };
  return { kind: 'free', at: { x: at.x - 120, y: at.y - 32 } };
}

function openPicker(session: EditorSession): void {
  const isEmpty = session.draft.document().nodes.length === 0;
  session.ui.setState({ picker: { placement: placementNow(session), at: null, ...(isEmpty ? { triggersOnly: true } : {}) } });
}

function startGesture(session: EditorSession, step: ReturnType<typeof startMove>): void {
  session.ui.setState({ gesture: step.gesture });
  if (step.say) session.say(step.say);
}

const base = {
  group: 'step',
  scope: 'canvas',
  places: ['node'],
  changesDraft: true,
  isEnabled: (session: EditorSession) => sole(session) !== null,
} as const;

/** What can be done with steps. */
export const stepActions: readonly UserAction[] = [
  { ...base, id: 'addStep', icon: 'add', keys: ['/'], places: ['toolbar', 'pane', 'edge'], isEnabled: () => true, run: openPicker },
  {
    ...base,
    id: 'openStep',
    icon: 'open',
    keys: ['enter'],
    changesDraft: false,
    run: ({ ui }) => {
      const nodeId = soleSelection(ui.getState());
      if (nodeId !== null)
        ui.setState({ isInspectorOpen: true, wantedField: { nodeId, field: '', number: (ui.getState().wantedField?.number ?? 0) + 1 } });
    },
  },
  {
    ...base,
    id: 'rename',
    icon: 'rename',
    keys: ['f2'],
    run: (session) => session.ui.setState({ renaming: sole(session), isInspectorOpen: true }),
  },
  {
    ...base,
    id: 'toggleDisabled',
    icon: 'disable',
    keys: ['d'],
    places: ['node', 'selection'],
    isEnabled: ({ ui }) => ui.getState().selectedNodes.size > 0,
    run: toggleDisabled,
  },
  {
    ...base,
    id: 'connect',
    icon: 'connect',
    keys: ['l'],
    run: (session) =>
      startGesture(session, startConnect({ document: session.draft.document(), catalog: session.catalog }, sole(session) ?? '')),
  },
  {
    ...base,
    id: 'move',
    icon: 'move',
    keys: ['g'],
    places: ['node', 'selection'],
    isEnabled: ({ ui }) => ui.getState().selectedNodes.size > 0,
    run: (session) => startGesture(session, startMove([...session.ui.getState().selectedNodes])),
  },
];

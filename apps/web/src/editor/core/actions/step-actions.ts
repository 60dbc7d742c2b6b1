import type { NodeTypeCatalog, PortInfo, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { edgeKey } from '@millwright/workflow/draft';
import type { DraftChange } from '../document/changes.ts';
import { planDrop } from '../graph/frames.ts';
import { findNode } from '../graph/graph-queries.ts';
import { findAnnotation } from '../graph/annotations/sections.ts';
import type { Placement } from '../graph/placement.ts';
import { layoutOf } from '../graph/layout.ts';
import { isInner, outputsOf } from '../graph/edges/ports.ts';
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

/** The output that `/` goes on from: an empty container is filled first, then what follows it comes first. */
function freeOutput(document: WorkflowDocument, catalog: NodeTypeCatalog, node: WorkflowNode): PortInfo | undefined {
  const outputs = outputsOf(node, catalog.get(node.type, node.version));
  const isFree = (port: PortInfo): boolean => !document.edges.some((edge) => edge.from === node.id && edge.output === port.name);
  const inner = outputs.filter(isInner);
  const outer = outputs.filter((port) => !isInner(port));
  const ordered = inner.every(isFree) ? [...inner, ...outer] : [...outer, ...inner];
  return ordered.find(isFree) ?? outer[0] ?? inner[0];
}

/** Where `/` puts a step: into the selected edge, after the selected step, or in the middle. */
function placementNow(session: EditorSession): Placement {
  const state = session.ui.getState();
  const document = session.draft.document();
  const edge = document.edges.find((candidate) => state.selectedEdges.has(edgeKey(candidate)));
  if (edge) return { kind: 'onEdge', edge };
  const node = findNode(document, soleSelection(state) ?? '');
  const free = node && freeOutput(document, session.catalog, node);
  // The last step inside of a container: the new one comes between it and the container's result.
  const last = document.edges.find((edge) => edge.from === node?.id && edge.output === free?.name && edge.to === node.parent);
  if (last) return { kind: 'onEdge', edge: last };
  if (node && free) return { kind: 'after', from: { nodeId: node.id, port: free.name } };
  const at = session.camera.current?.center() ?? { x: 0, y: 0 };
  return { kind: 'free', at: { x: at.x - 120, y: at.y - 32 } };
}

function openPicker(session: EditorSession): void {
  const isEmpty = session.draft.document().nodes.length === 0;
  session.ui.setState({ picker: { placement: placementNow(session), at: null, ...(isEmpty ? { triggersOnly: true } : {}) } });
}

/** Selected steps that lie in a frame. */
function chosenInside({ draft, catalog, ui }: EditorSession): readonly WorkflowNode[] {
  const { parentOf } = layoutOf(draft.document(), catalog);
  return draft.document().nodes.filter((node) => ui.getState().selectedNodes.has(node.id) && parentOf(node.id) !== null);
}

/** Space between a frame and a step that was taken out of it, px. */
const BESIDE_FRAME = 40;

/** Puts selected steps below the frame that holds them: the keyboard's way of dragging them out. */
function takeOut(session: EditorSession): void {
  const document = session.draft.document();
  const { parentOf, boxOf } = layoutOf(document, session.catalog);
  const nodes = chosenInside(session);
  const moves = nodes.flatMap((node) => {
    const frame = findNode(document, parentOf(node.id) ?? '');
    const box = frame && boxOf(frame);
    return box ? [{ nodeId: node.id, to: { x: node.position[0], y: box.y + box.height + BESIDE_FRAME } }] : [];
  });
  session.draft.apply(planDrop(document, session.catalog, moves));
  session.say({ key: 'say.takenOut', values: { count: nodes.length } });
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
    run: ({ ui, draft }) => {
      const nodeId = soleSelection(ui.getState());
      if (nodeId === null) return;
      if (findAnnotation(draft.document(), nodeId)) ui.setState({ renaming: nodeId });
      else ui.setState({ isInspectorOpen: true, wantedField: { nodeId, field: '', number: (ui.getState().wantedField?.number ?? 0) + 1 } });
    },
  },
  {
    ...base,
    id: 'rename',
    icon: 'rename',
    keys: ['f2'],
    places: ['node', 'section'],
    run: (session) => session.ui.setState({ renaming: sole(session), isInspectorOpen: true }),
  },
  {
    ...base,
    id: 'toggleDisabled',
    icon: 'disable',
    keys: ['d'],
    places: ['node', 'selection'],
    isEnabled: (session) => session.draft.document().nodes.some((node) => session.ui.getState().selectedNodes.has(node.id)),
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
    id: 'takeOut',
    icon: 'takeOut',
    keys: ['shift+o'],
    places: ['node', 'selection'],
    isEnabled: (session) => chosenInside(session).length > 0,
    run: takeOut,
  },
  {
    ...base,
    id: 'fitFrame',
    icon: 'fitFrame',
    keys: [],
    isEnabled: (session) => findNode(session.draft.document(), sole(session) ?? '')?.size !== undefined,
    run: (session) => session.draft.apply([{ kind: 'resizeNode', nodeId: sole(session) ?? '', size: undefined }]),
  },
  {
    ...base,
    id: 'move',
    icon: 'move',
    keys: ['g'],
    places: ['node', 'selection', 'note', 'section'],
    isEnabled: ({ ui }) => ui.getState().selectedNodes.size > 0,
    run: (session) => startGesture(session, startMove([...session.ui.getState().selectedNodes])),
  },
];

import type { Edge } from '@millwright/workflow';
import { edgeKey } from '@millwright/workflow/draft';
import { CARD_HEIGHT, CARD_WIDTH } from '../graph/geometry.ts';
import { findNode } from '../graph/graph-queries.ts';
import type { EditorSession } from '../session.ts';
import { shownDocument } from '../shown-document.ts';
import { selectEdge } from '../state/interface-store.ts';
import type { UserAction } from './user-action.ts';

/** The one selected line, where nothing else is; undefined otherwise. */
function soleEdge({ draft, ui }: EditorSession): Edge | undefined {
  const { selectedEdges, selectedNodes } = ui.getState();
  if (selectedEdges.size !== 1 || selectedNodes.size > 0) return undefined;
  return draft.document().edges.find((edge) => selectedEdges.has(edgeKey(edge)));
}

/** The lines of the step that the keyboard is at: those that leave it, then those that lead to it. */
function linesHere(session: EditorSession): readonly Edge[] {
  const { focusedNode } = session.ui.getState();
  const { edges } = shownDocument(session);
  return [...edges.filter(({ from }) => from === focusedNode), ...edges.filter(({ to }) => to === focusedNode)];
}

/** Selects the next line of the step that the keyboard is at, and says between which steps it runs and what stands at it. */
function selectNextLine(session: EditorSession): void {
  const { draft, ui, camera, say } = session;
  const lines = linesHere(session);
  const now = lines.findIndex((edge) => ui.getState().selectedEdges.has(edgeKey(edge)));
  const edge = lines[(now + 1) % lines.length];
  if (!edge) return;
  selectEdge(ui, edgeKey(edge));
  camera.current?.revealAll([edge.from, edge.to]);
  const nameOf = (id: string): string => findNode(draft.document(), id)?.name ?? '';
  const values = { from: nameOf(edge.from), to: nameOf(edge.to), label: edge.label ?? '' };
  say({ key: edge.label === undefined ? 'say.line' : 'say.labelledLine', values });
}

/** Opens the field at the middle of the selected line, where it can be read. */
function openLabel(session: EditorSession): void {
  const { draft, ui, camera } = session;
  const edge = soleEdge(session);
  const ends = [edge?.from, edge?.to].flatMap((id) => findNode(draft.document(), id ?? '')?.position ?? []);
  const [x = 0, y = 0, toX = x, toY = y] = ends;
  if (!edge) return;
  if (ui.getState().level !== 'full') camera.current?.lookAt({ x: (x + toX + CARD_WIDTH) / 2, y: (y + toY + CARD_HEIGHT) / 2, zoom: 1 });
  ui.setState({ renaming: edgeKey(edge) });
}

const base = { group: 'step', scope: 'canvas' } as const;

/** What can be done with lines. */
export const edgeActions: readonly UserAction[] = [
  {
    ...base,
    id: 'nextLine',
    icon: 'connect',
    keys: ['e'],
    places: [],
    changesDraft: false,
    isEnabled: (session) => linesHere(session).length > 0,
    run: selectNextLine,
  },
  {
    ...base,
    id: 'labelLine',
    icon: 'rename',
    keys: ['shift+l'],
    places: ['edge'],
    changesDraft: true,
    isEnabled: (session) => soleEdge(session) !== undefined,
    run: openLabel,
  },
];

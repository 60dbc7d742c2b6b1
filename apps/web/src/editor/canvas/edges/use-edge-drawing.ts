import type { Edge } from '@millwright/workflow';
import { type Connection, type FinalConnectionState, type IsValidConnection, type OnConnectEnd, useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { refuseEdge } from '../../core/graph/edges/check-edge.ts';
import { CARD_HEIGHT, CARD_WIDTH, type Point } from '../../core/graph/geometry.ts';
import { findNode } from '../../core/graph/graph-queries.ts';
import type { Placement } from '../../core/graph/placement.ts';
import type { EditorSession } from '../../core/session.ts';
import { useEditor } from '../../session-context.ts';
import type { FlowEdge } from '../flow-model.ts';

function edgeOf(connection: Pick<Connection, 'source' | 'sourceHandle' | 'target' | 'targetHandle'>): Edge {
  return {
    from: connection.source,
    output: connection.sourceHandle ?? 'main',
    to: connection.target,
    input: connection.targetHandle ?? 'main',
  };
}

function pointOf(event: MouseEvent | TouchEvent): Point {
  const source = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: source?.clientX ?? 0, y: source?.clientY ?? 0 };
}

/** Where a step goes when an edge was dropped on nothing. */
function placementAt(state: FinalConnectionState, at: Point): Placement | null {
  const { fromHandle } = state;
  if (!fromHandle) return null;
  const ref = { nodeId: fromHandle.nodeId, port: fromHandle.id ?? 'main' };
  const y = at.y - CARD_HEIGHT / 2;
  return fromHandle.type === 'source'
    ? { kind: 'after', from: ref, at: { x: at.x, y } }
    : { kind: 'before', to: ref, at: { x: at.x - CARD_WIDTH, y } };
}

function connect(session: EditorSession, edge: Edge, replaced?: Edge): void {
  const document = session.draft.document();
  const refusal = refuseEdge(document, session.catalog, edge);
  if (refusal) {
    session.say({ key: `refused.${refusal}`, values: {} });
    return;
  }
  const drawn = replaced?.label === undefined ? edge : { ...edge, label: replaced.label };
  session.draft.apply([...(replaced ? [{ kind: 'removeEdge', edge: replaced } as const] : []), { kind: 'addEdge', edge: drawn }]);
  session.say({
    key: 'say.connected',
    values: { from: findNode(document, edge.from)?.name ?? '', to: findNode(document, edge.to)?.name ?? '' },
  });
}

/** Drawing, redrawing and refusing edges, by drag and by click on one port and then another. */
export function useEdgeDrawing() {
  const session = useEditor();
  const { screenToFlowPosition } = useReactFlow();
  return useMemo(() => {
    const isValidConnection: IsValidConnection<FlowEdge> = (connection) =>
      refuseEdge(
        session.draft.document(),
        session.catalog,
        edgeOf({ ...connection, sourceHandle: connection.sourceHandle ?? null, targetHandle: connection.targetHandle ?? null }),
      ) === null;
    const onConnectEnd: OnConnectEnd = (event, state) => {
      if (state.isValid === true) return;
      if (state.toHandle && state.fromHandle) {
        const [start, end] = state.fromHandle.type === 'source' ? [state.fromHandle, state.toHandle] : [state.toHandle, state.fromHandle];
        const refusal = refuseEdge(session.draft.document(), session.catalog, {
          from: start.nodeId,
          output: start.id ?? 'main',
          to: end.nodeId,
          input: end.id ?? 'main',
        });
        session.say({ key: `refused.${refusal ?? 'unknownPort'}`, values: {} });
        return;
      }
      if (state.toNode) return;
      const at = screenToFlowPosition(pointOf(event));
      const placement = placementAt(state, at);
      if (placement) session.ui.setState({ picker: { placement, at } });
    };
    return {
      isValidConnection,
      onConnectEnd,
      onConnect: (connection: Connection) => connect(session, edgeOf(connection)),
      onReconnect: (old: FlowEdge, connection: Connection) => connect(session, edgeOf(connection), old.data?.edge),
      onClickConnectStart: () => session.say({ key: 'say.clickConnect', values: {} }),
    };
  }, [session, screenToFlowPosition]);
}

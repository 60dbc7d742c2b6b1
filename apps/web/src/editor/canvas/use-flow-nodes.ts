import { applyNodeChanges, type NodeChange, type OnNodeDrag } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { dropTarget, type Move, planDrop } from '../core/graph/frames.ts';
import { findNode } from '../core/graph/graph-queries.ts';
import { layoutOf } from '../core/graph/layout.ts';
import type { EditorSession } from '../core/session.ts';
import { selectNodes } from '../core/state/interface-store.ts';
import { useDocument, useEditor, useInterface } from '../session-context.ts';
import { createNodeMapper, type FlowNode } from './flow-model.ts';

/** What the canvas needs to draw and move cards. */
export interface FlowNodes {
  readonly nodes: FlowNode[];
  readonly onNodesChange: (changes: NodeChange<FlowNode>[]) => void;
  readonly onNodeDragStart: () => void;
  readonly onNodeDrag: OnNodeDrag<FlowNode>;
  readonly onNodeDragStop: OnNodeDrag<FlowNode>;
  readonly onSelectionDragStart: () => void;
  readonly onSelectionDragStop: (event: unknown, moved: FlowNode[]) => void;
}

function useOffset() {
  const gesture = useInterface((state) => state.gesture);
  return useMemo(() => (gesture.kind === 'move' ? { nodeIds: new Set(gesture.nodeIds), dx: gesture.dx, dy: gesture.dy } : null), [gesture]);
}

/** Where the library has a card now, on the canvas: inside a frame it counts from the frame's corner. */
function moveOf({ draft, catalog }: EditorSession, { id, position }: FlowNode): Move {
  const document = draft.document();
  const parent = findNode(document, layoutOf(document, catalog).parentOf(id) ?? '');
  return { nodeId: id, to: { x: position.x + (parent?.position[0] ?? 0), y: position.y + (parent?.position[1] ?? 0) } };
}

/** Lights the frame that the dragged card would go into. */
function lightFrame(session: EditorSession, node: FlowNode): void {
  const document = session.draft.document();
  const now = layoutOf(document, session.catalog).parentOf(node.id);
  const target = dropTarget(document, session.catalog, moveOf(session, node));
  const dropFrame = target === now ? null : target;
  if (session.ui.getState().dropFrame !== dropFrame) session.ui.setState({ dropFrame });
}

function drop(session: EditorSession, moved: readonly FlowNode[]): void {
  const document = session.draft.document();
  const changes = planDrop(
    document,
    session.catalog,
    moved.map((node) => moveOf(session, node)),
  );
  session.draft.apply(changes);
  session.ui.setState({ dropFrame: null });
  const parent = changes.find((change) => change.kind === 'setParent');
  if (parent?.kind !== 'setParent') return;
  const frame = parent.parent === null ? undefined : findNode(document, parent.parent);
  session.say(frame ? { key: 'say.putInto', values: { name: frame.name } } : { key: 'say.takenOut', values: { count: moved.length } });
}

/** Tells which cards were picked by the library's own marquee and clicks. */
function takePicks({ ui }: EditorSession, changes: readonly NodeChange<FlowNode>[]): void {
  const picks = changes.flatMap((change) => (change.type === 'select' ? [change] : []));
  if (picks.length === 0) return;
  const next = new Set(ui.getState().selectedNodes);
  for (const pick of picks) {
    if (pick.selected) next.add(pick.id);
    else next.delete(pick.id);
  }
  if (next.size === 0) ui.setState({ selectedNodes: next });
  else selectNodes(ui, [...next]);
}

/**
 * The cards. While one is dragged its place lives in the library only; the drop is one write of the document,
 * which comes back through the mapper.
 */
export function useFlowNodes(): FlowNodes {
  const session = useEditor();
  const { catalog, isReadOnly } = session;
  const document = useDocument();
  const selected = useInterface((state) => state.selectedNodes);
  const resizing = useInterface((state) => state.resizing);
  const offset = useOffset();
  const map = useMemo(() => createNodeMapper(catalog), [catalog]);
  const mapped = useMemo(
    () => map(document, { selected, offset, resizing, isReadOnly }),
    [map, document, selected, offset, resizing, isReadOnly],
  );
  const [dragged, setDragged] = useState<FlowNode[] | null>(null);
  const isDragging = useRef(false);

  useEffect(() => {
    if (!isDragging.current) setDragged(null);
  }, [mapped]);

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const moves = changes.filter((change) => change.type === 'position' && change.position !== undefined);
      if (moves.length > 0 && isDragging.current) setDragged((current) => applyNodeChanges(moves, current ?? mapped));
      takePicks(session, changes);
    },
    [mapped, session],
  );
  const start = useCallback(() => {
    isDragging.current = true;
  }, []);
  const stop = useCallback(
    (_event: unknown, moved: readonly FlowNode[]) => {
      isDragging.current = false;
      drop(session, moved);
      setDragged(null);
    },
    [session],
  );
  const onNodeDrag = useCallback<OnNodeDrag<FlowNode>>((_event, node) => lightFrame(session, node), [session]);
  const onNodeDragStop = useCallback<OnNodeDrag<FlowNode>>((event, _node, moved) => stop(event, moved), [stop]);
  return {
    nodes: dragged ?? mapped,
    onNodesChange,
    onNodeDragStart: start,
    onNodeDrag,
    onNodeDragStop,
    onSelectionDragStart: start,
    onSelectionDragStop: stop,
  };
}

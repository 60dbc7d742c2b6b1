import { applyNodeChanges, type NodeChange, type NodePositionChange, type OnNodeDrag, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { cardPlace } from '../core/graph/annotations/collapsed-view.ts';
import { planDropAny } from '../core/graph/annotations/section-plans.ts';
import { sectionsOf } from '../core/graph/annotations/sections.ts';
import { dropTarget, type Move } from '../core/graph/frames.ts';
import { planDropOnEdge } from '../core/graph/edges/insert-on-edge.ts';
import { findNode } from '../core/graph/graph-queries.ts';
import { layoutOf } from '../core/graph/layout.ts';
import type { Point } from '../core/graph/geometry.ts';
import type { EditorSession } from '../core/session.ts';
import { collapsedNow, shownDocument } from '../core/shown-document.ts';
import { selectNodes } from '../core/state/interface-store.ts';
import { useEditor, useInterface, useShownDocument } from '../session-context.ts';
import { createAnnotationMapper } from './annotations/flow-annotations.ts';
import { createNodeMapper, type FlowEdge, type FlowNode, type NodeView } from './flow-model.ts';
import { edgeOf, lightEdge } from './edges/light-edge.ts';
import { useDragGuides } from './guides/use-drag-guides.ts';
import { tellDrag } from './presence/use-tell-presence.ts';
import { usePeerDrags } from './presence/with-peer-drags.ts';
import type { Moving } from './use-moving.ts';

/** What the canvas needs to draw and move cards. */
export interface FlowNodes {
  readonly nodes: FlowNode[];
  readonly onNodesChange: (changes: NodeChange<FlowNode>[]) => void;
  readonly onNodeDragStart: () => void;
  readonly onNodeDrag: OnNodeDrag<FlowNode>;
  readonly onNodeDragStop: OnNodeDrag<FlowNode>;
  readonly onSelectionDragStart: () => void;
  readonly onSelectionDrag: (event: unknown, moved: FlowNode[]) => void;
  readonly onSelectionDragStop: (event: unknown, moved: FlowNode[]) => void;
}

function useOffset() {
  const gesture = useInterface((state) => state.gesture);
  return useMemo(() => (gesture.kind === 'move' ? { nodeIds: new Set(gesture.nodeIds), dx: gesture.dx, dy: gesture.dy } : null), [gesture]);
}

/** Where the library has a card now, on the canvas: inside a frame or section it counts from that corner. */
function moveOf(session: EditorSession, { id, position }: FlowNode): Move {
  const document = shownDocument(session);
  const closed = collapsedNow(session).has(id) ? sectionsOf(session.draft.document(), session.catalog).find(id) : undefined;
  if (closed) {
    const card = cardPlace(closed);
    return { nodeId: id, to: { x: closed.box.x + position.x - card.x, y: closed.box.y + position.y - card.y } };
  }
  const parent = findNode(document, layoutOf(document, session.catalog).parentOf(id) ?? '');
  const section = parent ? undefined : sectionsOf(document, session.catalog).holding(id)?.box;
  const [left, top] = parent?.position ?? [section?.x ?? 0, section?.y ?? 0];
  return { nodeId: id, to: { x: position.x + left, y: position.y + top } };
}

/** Lights the line or the frame that the dragged card would go into. */
function lightFrame(session: EditorSession, node: FlowNode): void {
  const document = session.draft.document();
  lightEdge(session, session.ui.getState().selectedNodes.size > 1 ? null : edgeOf(session, [moveOf(session, node)]));
  const { frames, parentOf } = layoutOf(document, session.catalog);
  if (frames.length === 0) return;
  const now = parentOf(node.id);
  const target = dropTarget(document, session.catalog, moveOf(session, node));
  const dropFrame = target === now ? null : target;
  if (session.ui.getState().dropFrame !== dropFrame) session.ui.setState({ dropFrame });
}

/** @param shift how far the cards stand from where the pointer had them */
function drop(session: EditorSession, moved: readonly FlowNode[], shift: Point): void {
  const document = session.draft.document();
  const moves = moved
    .map((node) => moveOf(session, node))
    .map(({ nodeId, to }) => ({ nodeId, to: { x: to.x + shift.x, y: to.y + shift.y } }));
  const edge = edgeOf(session, moves);
  const [only] = moves;
  const changes =
    edge && only
      ? planDropOnEdge(document, session.catalog, { move: only, edge })
      : planDropAny(document, session.catalog, { moves, collapsed: collapsedNow(session) });
  session.draft.apply(changes);
  session.ui.setState({ dropFrame: null, litEdge: null });
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

/** Cards, notes and sections as the document has them. */
function useMappedNodes(): FlowNode[] {
  const { catalog, isReadOnly } = useEditor();
  const document = useShownDocument();
  const selected = useInterface((state) => state.selectedNodes);
  const resizing = useInterface((state) => state.resizing);
  const isBlock = useInterface((state) => state.level === 'block');
  const offset = useOffset();
  const map = useMemo(() => {
    const nodes = createNodeMapper(catalog);
    const annotations = createAnnotationMapper(catalog);
    return (shown: typeof document, view: NodeView): FlowNode[] => [...annotations(shown, view), ...nodes(shown, view)];
  }, [catalog]);
  return useMemo(
    () => map(document, { selected, offset, resizing, isReadOnly, isBlock }),
    [map, document, selected, offset, resizing, isReadOnly, isBlock],
  );
}

/** Tells others, and lights what the card would go into, while it is dragged. */
function useDragWords(moving: Moving) {
  const session = useEditor();
  const tell = useCallback(
    (_event: unknown, moved: readonly FlowNode[]) => {
      moving.cards();
      tellDrag(
        session,
        moved.map((node) => moveOf(session, node)),
      );
    },
    [session, moving],
  );
  const onNodeDrag = useCallback<OnNodeDrag<FlowNode>>(
    (event, node, moved) => {
      lightFrame(session, node);
      tell(event, moved);
    },
    [session, tell],
  );
  return { tell, onNodeDrag };
}

/**
 * Cards as they are while some are dragged. They go to the library directly: through the properties of the canvas, React would draw
 * the whole canvas for each move and hand over the same list.
 */
function useDragged(shared: FlowNode[]) {
  const store = useStoreApi<FlowNode, FlowEdge>();
  const still = useRef(shared);
  const dragged = useRef<FlowNode[] | null>(null);
  // After the library has taken new cards, a colleague's for instance: those that are dragged stay under the pointer.
  useEffect(() => {
    still.current = shared;
    if (dragged.current) store.getState().setNodes(dragged.current);
  }, [shared, store]);
  return useMemo(
    () => ({
      isOn: () => dragged.current !== null,
      start: () => void (dragged.current ??= still.current),
      move: (moves: NodePositionChange[]) => {
        dragged.current = applyNodeChanges(moves, dragged.current ?? still.current);
        store.getState().setNodes(dragged.current);
      },
      end: () => {
        dragged.current = null;
      },
      takeBack: () => store.getState().setNodes(still.current),
    }),
    [store],
  );
}

/**
 * The cards. While one is dragged its place lives in the library only; the drop is one write of the document,
 * which comes back through the mapper.
 */
export function useFlowNodes(moving: Moving): FlowNodes {
  const session = useEditor();
  const shared = usePeerDrags(useMappedNodes());
  const guides = useDragGuides();
  const dragged = useDragged(shared);

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const moves = changes.filter((change): change is NodePositionChange => change.type === 'position' && change.position !== undefined);
      if (moves.length > 0 && dragged.isOn()) dragged.move(guides.apply(moves));
      takePicks(session, changes);
    },
    [dragged, session, guides],
  );
  const stop = useCallback(
    (_event: unknown, moved: readonly FlowNode[]) => {
      // Of a marquee's rectangle the library says twice that it was dropped.
      if (!dragged.isOn()) return;
      dragged.end();
      const before = session.draft.document();
      drop(session, moved, guides.end());
      // What changed comes back through the mapper; otherwise nothing would take the cards back.
      if (session.draft.document() === before) dragged.takeBack();
      tellDrag(session, null);
    },
    [dragged, session, guides],
  );
  const { tell, onNodeDrag } = useDragWords(moving);
  const onNodeDragStop = useCallback<OnNodeDrag<FlowNode>>((event, _node, moved) => stop(event, moved), [stop]);
  return {
    nodes: shared,
    onNodesChange,
    onNodeDragStart: dragged.start,
    onNodeDrag,
    onNodeDragStop,
    onSelectionDragStart: dragged.start,
    onSelectionDrag: tell,
    onSelectionDragStop: stop,
  };
}

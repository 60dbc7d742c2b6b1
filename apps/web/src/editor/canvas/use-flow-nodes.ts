import { applyNodeChanges, type NodeChange, type OnNodeDrag } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { DraftChange } from '../core/document/changes.ts';
import { snap } from '../core/graph/geometry.ts';
import { selectNodes } from '../core/state/interface-store.ts';
import { useDocument, useEditor, useInterface } from '../session-context.ts';
import { createNodeMapper, type FlowNode } from './flow-model.ts';

/** What the canvas needs to draw and move cards. */
export interface FlowNodes {
  readonly nodes: FlowNode[];
  readonly onNodesChange: (changes: NodeChange<FlowNode>[]) => void;
  readonly onNodeDragStart: () => void;
  readonly onNodeDragStop: OnNodeDrag<FlowNode>;
}

function useOffset() {
  const gesture = useInterface((state) => state.gesture);
  return useMemo(() => (gesture.kind === 'move' ? { nodeIds: new Set(gesture.nodeIds), dx: gesture.dx, dy: gesture.dy } : null), [gesture]);
}

/**
 * The cards. While one is dragged its place lives in the library only; the drop is one write of the document,
 * which comes back through the mapper.
 */
export function useFlowNodes(): FlowNodes {
  const { catalog, draft, ui, isReadOnly } = useEditor();
  const document = useDocument();
  const selected = useInterface((state) => state.selectedNodes);
  const offset = useOffset();
  const map = useMemo(() => createNodeMapper(catalog), [catalog]);
  const mapped = useMemo(() => map(document, { selected, offset, isReadOnly }), [map, document, selected, offset, isReadOnly]);
  const [dragged, setDragged] = useState<FlowNode[] | null>(null);
  const isDragging = useRef(false);

  useEffect(() => {
    if (!isDragging.current) setDragged(null);
  }, [mapped]);

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const moves = changes.filter((change) => change.type === 'position' && change.position !== undefined);
      if (moves.length > 0 && isDragging.current) setDragged((current) => applyNodeChanges(moves, current ?? mapped));
      const picks = changes.flatMap((change) => (change.type === 'select' ? [change] : []));
      if (picks.length === 0) return;
      const next = new Set(ui.getState().selectedNodes);
      for (const pick of picks) {
        if (pick.selected) next.add(pick.id);
        else next.delete(pick.id);
      }
      if (next.size === 0) ui.setState({ selectedNodes: next });
      else selectNodes(ui, [...next]);
    },
    [mapped, ui],
  );
  const onNodeDragStart = useCallback(() => {
    isDragging.current = true;
  }, []);
  const onNodeDragStop = useCallback<OnNodeDrag<FlowNode>>(
    (_event, _node, moved) => {
      isDragging.current = false;
      const changes = moved.map((node): DraftChange => ({ kind: 'moveNode', nodeId: node.id, position: snap(node.position) }));
      draft.apply(changes);
      setDragged(null);
    },
    [draft],
  );
  return { nodes: dragged ?? mapped, onNodesChange, onNodeDragStart, onNodeDragStop };
}

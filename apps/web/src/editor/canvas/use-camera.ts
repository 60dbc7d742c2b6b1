import { useReactFlow, useStoreApi } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { CARD_WIDTH, type Point } from '../core/graph/geometry.ts';
import { findNode } from '../core/graph/graph-queries.ts';
import { layoutOf } from '../core/graph/layout.ts';
import type { Camera } from '../core/session.ts';
import { useEditor } from '../session-context.ts';

const FIT = { padding: '32px', maxZoom: 1 } as const;
/** Space that stays between a revealed card and the edge of the canvas, px on screen. */
const REVEAL_MARGIN = 48;

function cameraMs(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 250;
}

/** How far to pan on one axis so that [start, end] lies inside [0, size]. */
function panBy(start: number, end: number, size: number): number {
  if (start < REVEAL_MARGIN) return REVEAL_MARGIN - start;
  if (end > size - REVEAL_MARGIN) return size - REVEAL_MARGIN - end;
  return 0;
}

/** Gives the session its camera while the canvas is mounted. Only file that reads the library's store. */
export function useCamera(host: RefObject<HTMLElement | null>, pointer: RefObject<Point | null>): void {
  const session = useEditor();
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    const camera: Camera = {
      zoomTo: (zoom) => void flow.zoomTo(zoom, { duration: cameraMs() }),
      zoomBy: (factor) => void flow.zoomTo(flow.getZoom() * factor, { duration: cameraMs() }),
      fitAll: () => void flow.fitView({ ...FIT, duration: cameraMs() }),
      fitNodes: (nodeIds) => void flow.fitView({ ...FIT, nodes: nodeIds.map((id) => ({ id })), duration: cameraMs() }),
      reveal: (nodeId) => {
        const node = findNode(session.draft.document(), nodeId);
        const whole = node && layoutOf(session.draft.document(), session.catalog).boxOf(node);
        // Of a large frame the head is enough: a window may be smaller than it.
        const box = whole && { ...whole, width: Math.min(whole.width, CARD_WIDTH), height: Math.min(whole.height, CARD_WIDTH) };
        if (!box) return;
        const { x, y, zoom } = flow.getViewport();
        const { width, height } = store.getState();
        const dx = panBy(box.x * zoom + x, (box.x + box.width) * zoom + x, width);
        const dy = panBy(box.y * zoom + y, (box.y + box.height) * zoom + y, height);
        if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: cameraMs() });
      },
      center: () => {
        const { x, y, zoom } = flow.getViewport();
        const { width, height } = store.getState();
        return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom };
      },
      toScreen: (point) => flow.flowToScreenPosition(point),
      pointer: () => (pointer.current ? flow.screenToFlowPosition(pointer.current) : null),
      focus: () => host.current?.focus({ preventScroll: true }),
    };
    // oxlint-disable-next-line react/immutability -- the canvas lends its camera to the session while it is mounted
    session.camera.current = camera;
    return () => {
      // oxlint-disable-next-line react-hooks/exhaustive-deps -- the session's own ref, not one of an element: what is lent is taken back
      session.camera.current = null;
    };
  }, [session, flow, store, host, pointer]);
}

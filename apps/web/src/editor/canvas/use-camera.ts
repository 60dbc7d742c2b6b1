import { type ReactFlowInstance, useReactFlow, useStoreApi } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { boundsOf, CARD_WIDTH, type Point } from '../core/graph/geometry.ts';
import { hiddenBy } from '../core/graph/annotations/collapsed-view.ts';
import { boxOfAny } from '../core/graph/annotations/sections.ts';
import { layoutOf } from '../core/graph/layout.ts';
import type { Camera, EditorSession } from '../core/session.ts';
import { collapsedNow } from '../core/shown-document.ts';
import { setCollapsed } from '../core/state/interface-store.ts';
import { useEditor } from '../session-context.ts';
import { FIT } from './use-viewport.ts';

/** Space that stays between a revealed card and the edge of the canvas, px on screen. */
const REVEAL_MARGIN = 48;

/** A card that was brought into view stays there while panels open around the canvas, which learns of its size later, ms. */
const KEEP_MS = 1000;

function cameraMs(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 250;
}

/** How far to pan on one axis so that [start, end] lies inside [from, to]; where that is too narrow, so that its start does. */
function panBy([start, end]: readonly [number, number], [from, to]: readonly [number, number]): number {
  if (start < from + REVEAL_MARGIN) return from + REVEAL_MARGIN - start;
  if (end > to - REVEAL_MARGIN) return Math.max(to - REVEAL_MARGIN - end, from + REVEAL_MARGIN - start);
  return 0;
}

/** How much of the canvas a panel lies over, from its left edge, px: in a narrow window there is no room beside it. */
function coveredPx(host: HTMLElement | null): number {
  const area = host?.getBoundingClientRect();
  const panel = document.querySelector('[data-left-panel]')?.getBoundingClientRect();
  return area && panel && panel.left <= area.left ? Math.max(0, panel.right - area.left) : 0;
}

/** Opens the collapsed section that hides a step: who looks for the step wants to see it. */
function openAround(session: EditorSession, nodeId: string): void {
  const section = hiddenBy(session.draft.document(), session.catalog, { nodeId, collapsed: collapsedNow(session) });
  if (section !== null) setCollapsed(session.ui, [section], false);
}

interface Drawn {
  readonly session: EditorSession;
  readonly flow: ReactFlowInstance;
  readonly store: ReturnType<typeof useStoreApi>;
  readonly host: RefObject<HTMLElement | null>;
}

/** What moves the camera as it is told. */
function movesOf({ flow }: Drawn): Pick<Camera, 'zoomTo' | 'zoomBy' | 'fitAll' | 'fitNodes' | 'lookAt' | 'panTo'> {
  return {
    zoomTo: (zoom) => void flow.zoomTo(zoom, { duration: cameraMs() }),
    zoomBy: (factor) => void flow.zoomTo(flow.getZoom() * factor, { duration: cameraMs() }),
    fitAll: () => void flow.fitView({ ...FIT, duration: cameraMs() }),
    fitNodes: (nodeIds) => void flow.fitView({ ...FIT, nodes: nodeIds.map((id) => ({ id })), duration: cameraMs() }),
    lookAt: ({ x, y, zoom }) => void flow.setCenter(x, y, { zoom, duration: 0 }),
    panTo: ({ x, y }) => void flow.setCenter(x, y, { zoom: flow.getZoom(), duration: 0 }),
  };
}

/** Pans as little as needed until a step, note or section is in view. */
function panTo({ session, flow, store, host }: Drawn, id: string): void {
  const whole = boxOfAny(session.draft.document(), session.catalog, id);
  // Of a large frame the head is enough: a window may be smaller than it.
  const box = whole && { ...whole, width: Math.min(whole.width, CARD_WIDTH), height: Math.min(whole.height, CARD_WIDTH) };
  if (!box) return;
  const { x, y, zoom } = flow.getViewport();
  const { width, height } = store.getState();
  const dx = panBy([box.x * zoom + x, (box.x + box.width) * zoom + x], [coveredPx(host.current), width]);
  const dy = panBy([box.y * zoom + y, (box.y + box.height) * zoom + y], [0, height]);
  // Straight there: on its usual way the camera draws back, and a movement that begins before this one is over would keep that zoom.
  if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: cameraMs(), interpolate: 'linear' });
}

/** Brings something into view, and again when the canvas gets another size right after. */
function createRevealer(drawn: Drawn): { readonly reveal: (id: string) => void; readonly stop: () => void } {
  let last = { id: '', until: Number.NEGATIVE_INFINITY };
  const reveal = (id: string): void => {
    last = { id, until: performance.now() + KEEP_MS };
    openAround(drawn.session, id);
    panTo(drawn, id);
  };
  const stop = drawn.store.subscribe((state, before) => {
    if ((state.width !== before.width || state.height !== before.height) && performance.now() < last.until) reveal(last.id);
  });
  return { reveal, stop };
}

/** Brings several steps into view, where they are not. */
function revealsOf({ session, flow, store }: Drawn): Pick<Camera, 'revealAll'> {
  return {
    revealAll: (nodeIds) => {
      const { boxOf } = layoutOf(session.draft.document(), session.catalog);
      const chosen = new Set(nodeIds);
      const bounds = boundsOf(
        session.draft
          .document()
          .nodes.filter((node) => chosen.has(node.id))
          .map(boxOf),
      );
      if (!bounds) return;
      const { x, y, zoom } = flow.getViewport();
      const { width, height } = store.getState();
      const [left, top] = [bounds.x * zoom + x, bounds.y * zoom + y];
      const isSeen = left >= 0 && top >= 0 && left + bounds.width * zoom <= width && top + bounds.height * zoom <= height;
      if (!isSeen) void flow.fitBounds(bounds, { padding: 0.05, duration: cameraMs() });
    },
  };
}

/** What tells where the camera is. */
function viewsOf({ flow, store }: Drawn): Pick<Camera, 'center' | 'visible' | 'onView' | 'toScreen' | 'toCanvas'> {
  return {
    center: () => {
      const { x, y, zoom } = flow.getViewport();
      const { width, height } = store.getState();
      return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom };
    },
    visible: () => {
      const { transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
    },
    onView: (listener) =>
      store.subscribe((state, before) => {
        if (state.transform !== before.transform || state.width !== before.width || state.height !== before.height) listener();
      }),
    toScreen: (point) => flow.flowToScreenPosition(point),
    toCanvas: (point) => flow.screenToFlowPosition(point),
  };
}

/** Gives the session its camera while the canvas is mounted. Only file that reads the library's store. */
export function useCamera(host: RefObject<HTMLElement | null>, pointer: RefObject<Point | null>): void {
  const session = useEditor();
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    const drawn = { session, flow, store, host };
    const { reveal, stop } = createRevealer(drawn);
    const camera: Camera = {
      ...movesOf(drawn),
      ...revealsOf(drawn),
      reveal,
      ...viewsOf(drawn),
      pointer: () => (pointer.current ? flow.screenToFlowPosition(pointer.current) : null),
      focus: () => host.current?.focus({ preventScroll: true }),
    };
    // oxlint-disable-next-line react/immutability -- the canvas lends its camera to the session while it is mounted
    session.camera.current = camera;
    return () => {
      stop();
      // oxlint-disable-next-line react-hooks/exhaustive-deps -- the session's own ref, not one of an element: what is lent is taken back
      session.camera.current = null;
    };
  }, [session, flow, store, host, pointer]);
}

import { useReactFlow } from '@xyflow/react';
import { PRESENCE_LIMITS } from '@millwright/workflow/draft';
import { type RefObject, useEffect } from 'react';
import type { Move } from '../../core/graph/frames.ts';
import type { EditorSession } from '../../core/session.ts';
import { useEditor } from '../../session-context.ts';

/** Pause of the pointer after which others do not see it any more, ms. */
const IDLE_MS = 30_000;

/** Canvas px that others can tell apart. */
function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Tells others where the pointer is while it moves over the canvas; not measured while nobody is there. */
function useTellCursor(host: RefObject<HTMLElement | null>): void {
  const { presence } = useEditor();
  const { screenToFlowPosition } = useReactFlow();
  useEffect(() => {
    const element = host.current;
    if (!presence || !element) return undefined;
    let idle: ReturnType<typeof setTimeout> | undefined;
    const hide = (): void => presence.tell({ cursor: null });
    const move = (event: PointerEvent): void => {
      if (!presence.hasOthers() || event.pointerType === 'touch') return;
      const at = screenToFlowPosition({ x: event.clientX, y: event.clientY });
      presence.tell({ cursor: [rounded(at.x), rounded(at.y)] });
      clearTimeout(idle);
      idle = setTimeout(hide, IDLE_MS);
    };
    element.addEventListener('pointermove', move, { passive: true });
    element.addEventListener('pointerleave', hide);
    return () => {
      clearTimeout(idle);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerleave', hide);
    };
  }, [presence, host, screenToFlowPosition]);
}

function useTellSelection(): void {
  const { presence, ui } = useEditor();
  useEffect(() => {
    const tell = ({ selectedNodes }: { readonly selectedNodes: ReadonlySet<string> }): void =>
      presence?.tell({ nodes: [...selectedNodes].slice(0, PRESENCE_LIMITS.nodes) });
    tell(ui.getState());
    return ui.subscribe((state, before) => (state.selectedNodes === before.selectedNodes ? undefined : tell(state)));
  }, [presence, ui]);
}

/** Follows somebody's camera until the person touches the canvas. */
function useFollow(host: RefObject<HTMLElement | null>): void {
  const { presence, camera } = useEditor();
  useEffect(() => {
    const element = host.current;
    if (!presence || !element) return undefined;
    const look = (): void => {
      const { following } = presence.people.getState();
      const view = following === null ? null : presence.motion.getState().pages.get(following)?.view;
      if (view) camera.current?.lookAt(view);
    };
    const stop = (): void => presence.follow(null);
    const gestures = ['pointerdown', 'wheel', 'keydown'] as const;
    // On the way down: the canvas library ends some of them before they come up again.
    const how = { passive: true, capture: true } as const;
    for (const gesture of gestures) element.addEventListener(gesture, stop, how);
    const unsubscribe = [presence.motion.subscribe(look), presence.people.subscribe(look)];
    return () => {
      for (const gesture of gestures) element.removeEventListener(gesture, stop, how);
      for (const end of unsubscribe) end();
    };
  }, [presence, camera, host]);
}

/** Tells others where this page's camera is, for those who follow it. */
function useTellView(): void {
  const { presence, camera } = useEditor();
  const { getZoom } = useReactFlow();
  useEffect(() => {
    if (!presence) return undefined;
    const tell = (): void => {
      const center = presence.hasOthers() ? camera.current?.center() : undefined;
      if (center) presence.tell({ view: { x: rounded(center.x), y: rounded(center.y), zoom: getZoom() } });
    };
    const stop = [camera.current?.onView(tell), presence.people.subscribe(tell)];
    return () => {
      for (const end of stop) end?.();
    };
  }, [presence, camera, getZoom]);
}

/** Tells others which steps are dragged and where they are now; null when they are dropped. */
export function tellDrag({ presence }: EditorSession, moved: readonly Move[] | null): void {
  if (!presence?.hasOthers()) return;
  presence.tell({ drag: moved && moved.slice(0, PRESENCE_LIMITS.nodes).map(({ nodeId, to }) => [nodeId, rounded(to.x), rounded(to.y)]) });
}

/** Pointer, choice and camera: told to others, and theirs followed. @param host the canvas */
export function usePresenceOnCanvas(host: RefObject<HTMLElement | null>): void {
  useTellCursor(host);
  useTellSelection();
  useTellView();
  useFollow(host);
}

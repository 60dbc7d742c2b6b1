import { useReactFlow, ViewportPortal } from '@xyflow/react';
import { type CSSProperties, useEffect, useRef } from 'react';
import type { OpenPage, PresencePort } from '../../core/state/presence-store.ts';
import { useEditor, usePeople } from '../../session-context.ts';

/** The pointer of somebody else: moved without React, hidden while it rests. */
function PeerCursor({ page, presence }: { readonly page: OpenPage; readonly presence: PresencePort }) {
  const host = useRef<HTMLDivElement>(null);
  const { camera } = useEditor();
  const { getZoom } = useReactFlow();
  useEffect(() => {
    const draw = (): void => {
      if (!host.current) return;
      const cursor = presence.motion.getState().pages.get(page.pageId)?.cursor ?? null;
      host.current.hidden = cursor === null;
      // As large on the screen at every zoom.
      if (cursor) host.current.style.transform = `translate(${cursor[0]}px, ${cursor[1]}px) scale(${1 / getZoom()})`;
    };
    draw();
    const stop = [presence.motion.subscribe(draw), camera.current?.onView(draw)];
    return () => {
      for (const end of stop) end?.();
    };
  }, [page.pageId, presence, camera, getZoom]);
  return (
    <div ref={host} hidden className="mw-cursor" style={{ '--peer': `var(--peer-${page.color})` } as CSSProperties}>
      <svg width="16" height="18" viewBox="0 0 16 18">
        <path d="M1 1v14l4-3.6 2.6 5.6 2.4-1.1-2.6-5.5 5.6-.5z" />
      </svg>
      <bdi>{page.name}</bdi>
    </div>
  );
}

/** The pointers of everybody else on the canvas; nothing at all while nobody is there. */
export function PeerCursors() {
  const { presence } = useEditor();
  const pages = usePeople((state) => state.pages);
  if (!presence || pages.length === 0) return null;
  return (
    <ViewportPortal>
      <div className="mw-cursors" aria-hidden="true">
        {pages.map((page) => (page.isMe ? null : <PeerCursor key={page.pageId} page={page} presence={presence} />))}
      </div>
    </ViewportPortal>
  );
}

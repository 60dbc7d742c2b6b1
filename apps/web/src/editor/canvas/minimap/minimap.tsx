import { type PointerEvent, useEffect, useRef } from 'react';
import { showsMinimap } from '../../core/state/interface-store.ts';
import { useDocumentPart, useEditor, useInterface } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { createMinimap, type Minimap as Running } from './create-minimap.ts';
import { MINIMAP } from './draw-minimap.ts';

function MinimapCanvas() {
  const session = useEditor();
  const { t } = useTexts();
  const element = useRef<HTMLCanvasElement>(null);
  const running = useRef<Running>(null);
  useEffect(() => {
    if (!element.current) return undefined;
    const minimap = createMinimap(session, element.current);
    running.current = minimap;
    return () => minimap.stop();
  }, [session]);
  const look = (event: PointerEvent<HTMLCanvasElement>): void => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const at = running.current?.placeAt({ x: event.clientX - left, y: event.clientY - top });
    if (at) session.camera.current?.panTo(at);
  };
  return (
    <canvas
      ref={element}
      role="img"
      aria-label={t('minimap.label')}
      className="mw-minimap"
      style={{ width: MINIMAP.width, height: MINIMAP.height }}
      onPointerDown={(event) => (event.stopPropagation(), event.currentTarget.setPointerCapture(event.pointerId), look(event))}
      onPointerMove={(event) => (event.currentTarget.hasPointerCapture(event.pointerId) ? look(event) : undefined)}
    />
  );
}

/** The whole workflow in small, at the lower right; the keyboard has the actions that fit and zoom. */
export function Minimap() {
  const isOpen = useInterface((state) => state.isMinimapOpen);
  const isWanted = useDocumentPart((document) => showsMinimap({ isMinimapOpen: isOpen }, document) && document.nodes.length > 0);
  return isWanted ? <MinimapCanvas /> : null;
}

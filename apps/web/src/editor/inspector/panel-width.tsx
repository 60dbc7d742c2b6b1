import { type PointerEvent, useRef, useState } from 'react';
import { useTexts } from '../texts.ts';

const KEY = 'millwright.inspectorWidth';
const WIDTH = { least: 320, standard: 360, most: 640, step: 16 } as const;

function clamp(width: number): number {
  return Math.max(WIDTH.least, Math.min(WIDTH.most, Math.round(width)));
}

function stored(): number {
  try {
    const width = Number(localStorage.getItem(KEY));
    return width > 0 ? clamp(width) : WIDTH.standard;
  } catch {
    return WIDTH.standard;
  }
}

/** Width of the inspector, px; kept on this device. */
export function usePanelWidth(): readonly [number, (width: number) => void] {
  const [width, setWidth] = useState(stored);
  const change = (next: number): void => {
    setWidth(clamp(next));
    try {
      localStorage.setItem(KEY, String(clamp(next)));
    } catch {
      // Blocked storage: the width holds until the page is left.
    }
  };
  return [width, change];
}

/** The edge that resizes: by dragging, or with the arrow keys. */
export function ResizeEdge({ width, onResize }: { readonly width: number; readonly onResize: (width: number) => void }) {
  const { t } = useTexts();
  const start = useRef({ x: 0, width: 0 });
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    start.current = { x: event.clientX, width };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onResize(start.current.width + start.current.x - event.clientX);
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('inspector.resize')}
      aria-valuenow={width}
      aria-valuemin={WIDTH.least}
      aria-valuemax={WIDTH.most}
      className="absolute inset-y-0 -left-1 z-10 w-2 cursor-col-resize hover:bg-accent/30 focus-visible:bg-accent/40 max-md:hidden"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') onResize(width + WIDTH.step);
        if (event.key === 'ArrowRight') onResize(width - WIDTH.step);
      }}
    />
  );
}

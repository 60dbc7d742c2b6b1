import { useReactFlow } from '@xyflow/react';
import type { PointerEvent } from 'react';
import { GRID, type Point } from '../../core/graph/geometry.ts';
import { useEditor } from '../../session-context.ts';

type Size = readonly [width: number, height: number];

interface ResizeCornerProps {
  /** Of a container, section or note. */
  readonly id: string;
  readonly label: string;
  /** Where it begins, and the smallest size it may have now; null where it is gone. */
  readonly bounds: () => { readonly corner: Point; readonly least: Size } | null;
  readonly onEnd: (size: Size) => void;
}

function onGrid(length: number): number {
  return Math.round(length / GRID) * GRID;
}

/** The corner by which a frame or note is made larger or smaller, on the grid. */
export function ResizeCorner({ id, label, bounds, onEnd }: ResizeCornerProps) {
  const { ui } = useEditor();
  const { screenToFlowPosition } = useReactFlow();
  const move = (event: PointerEvent<HTMLButtonElement>): void => {
    const now = event.currentTarget.hasPointerCapture(event.pointerId) ? bounds() : null;
    if (!now) return;
    const at = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const width = Math.max(now.least[0], onGrid(at.x - now.corner.x));
    const height = Math.max(now.least[1], onGrid(at.y - now.corner.y));
    ui.setState({ resizing: { nodeId: id, size: [width, height] } });
  };
  const end = (): void => {
    const { resizing } = ui.getState();
    ui.setState({ resizing: null });
    if (resizing?.nodeId === id) onEnd(resizing.size);
  };
  return (
    <button
      type="button"
      tabIndex={-1}
      className="mw-frame-corner nodrag nopan"
      aria-label={label}
      title={label}
      onPointerDown={(event) => (event.stopPropagation(), event.currentTarget.setPointerCapture(event.pointerId))}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={() => ui.setState({ resizing: null })}
    />
  );
}

import type { ReactFlowProps } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import type { PointerFeel } from '../core/state/interface-store.ts';
import { useEditor, useInterface } from '../session-context.ts';

/** What the wheel and dragging do (editor.md C1). Space with dragging and the middle button always pan, pinching always zooms. */
const FEELS = {
  mouse: { panOnScroll: false, zoomOnScroll: true, panOnDrag: [0, 1], selectionOnDrag: false },
  trackpad: { panOnScroll: true, zoomOnScroll: true, panOnDrag: [1], selectionOnDrag: true },
} as const;

/** Before anybody turned a wheel: as a trackpad, and dragging pans. */
const UNKNOWN = { ...FEELS.trackpad, panOnDrag: [0, 1], selectionOnDrag: false } as const;

/** One notch of a wheel, in units of `wheelDelta`. */
const NOTCH = 120;
/** Most notches between two frames. */
const MOST_NOTCHES = 3;

/** What a turn of the wheel tells about the device; null for pinching and turns with Ctrl, which look alike. */
export function deviceOf(
  event: Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode' | 'ctrlKey' | 'metaKey'> & { readonly wheelDeltaY?: number },
): PointerFeel | null {
  if (event.ctrlKey || event.metaKey) return null;
  if (event.deltaMode !== 0) return 'mouse';
  if (event.deltaX !== 0 || event.deltaY === 0 || !Number.isInteger(event.deltaY)) return 'trackpad';
  // A trackpad's turns are three to one in pixels, and whole notches only by chance; nobody turns a wheel by many notches at once.
  const turn = Math.abs(event.wheelDeltaY ?? 0);
  const isWholeNotches = turn > 0 && turn <= MOST_NOTCHES * NOTCH && turn % NOTCH === 0;
  return isWholeNotches && turn !== Math.abs(event.deltaY) * 3 ? 'mouse' : 'trackpad';
}

/** How pointer and wheel act: as chosen, and at the first turn of a wheel as that device suggests. */
export function usePointerFeel(
  host: RefObject<HTMLElement | null>,
): Pick<ReactFlowProps, 'panOnScroll' | 'zoomOnScroll' | 'selectionOnDrag'> & { readonly panOnDrag: number[] } {
  const { ui } = useEditor();
  const feel = useInterface((state) => state.pointerFeel);
  useEffect(() => {
    const element = host.current;
    if (feel !== null || !element) return undefined;
    const learn = (event: WheelEvent): void => {
      const device = deviceOf(event);
      if (device !== null) ui.setState({ pointerFeel: device });
    };
    element.addEventListener('wheel', learn, { passive: true, capture: true });
    return () => element.removeEventListener('wheel', learn, { capture: true });
  }, [feel, host, ui]);
  const { panOnDrag, ...rest } = feel === null ? UNKNOWN : FEELS[feel];
  return { ...rest, panOnDrag: [...panOnDrag] };
}

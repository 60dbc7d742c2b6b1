import { type RefObject, useEffect, useMemo } from 'react';

/** How long after its last movement the camera counts as resting, ms. */
const REST_MS = 250;

/** What ends a gesture, whatever element it ends on. */
const ENDS = ['pointerup', 'pointercancel', 'mouseup', 'touchend', 'touchcancel', 'blur'] as const;

/** Tells the canvas that something moves on it now: the camera, or cards under the pointer. */
export interface Moving {
  /** @param event what moves the camera; null where no pointer does */
  readonly camera: (event: unknown) => void;
  readonly cards: () => void;
}

/** Whether a pointer is held down: nothing else can be pressed meanwhile. */
function isHeld(event: unknown): boolean {
  return event instanceof MouseEvent ? event.buttons > 0 : typeof TouchEvent === 'function' && event instanceof TouchEvent;
}

function createMoving(host: RefObject<HTMLElement | null>) {
  // On these two elements and not above them: the browser would look through all cards for what a rule further up means for them.
  const find = (name: string): HTMLElement | null => host.current?.querySelector<HTMLElement>(`.react-flow__${name}`) ?? null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const rest = (): void => {
    timer = undefined;
    find('viewport')?.style.removeProperty('will-change');
  };
  const uncover = (): void => {
    for (const end of ENDS) window.removeEventListener(end, uncover, { capture: true });
    find('pane')?.removeAttribute('data-moving');
  };
  const cover = (what: 'camera' | 'cards'): void => {
    const pane = find('pane');
    if (!pane || pane.dataset['moving'] === what) return;
    pane.dataset['moving'] = what;
    for (const end of ENDS) window.addEventListener(end, uncover, { capture: true });
  };
  return {
    moving: {
      camera: (event) => {
        if (isHeld(event)) cover('camera');
        if (timer === undefined) find('viewport')?.style.setProperty('will-change', 'transform');
        clearTimeout(timer);
        timer = setTimeout(rest, REST_MS);
      },
      cards: () => cover('cards'),
    } satisfies Moving,
    stop: () => {
      clearTimeout(timer);
      rest();
      uncover();
    },
  };
}

/**
 * While a pointer drags the camera or cards, the pane lies over the cards (`data-moving`), so that the browser need not look for what is
 * under the pointer among a thousand of them for each of its moves; the end of any press takes it away before anything else can be
 * pressed. A moving camera gets a layer of its own: nothing is painted anew.
 */
export function useMoving(host: RefObject<HTMLElement | null>): Moving {
  const { moving, stop } = useMemo(() => createMoving(host), [host]);
  useEffect(() => stop, [stop]);
  return moving;
}

import type { NodeTypeInfo } from '@millwright/workflow';
import { type PointerEvent as ReactPointerEvent, type RefObject, useRef } from 'react';
import { lightEdge } from '../canvas/edges/light-edge.ts';
import { insertStep } from '../core/actions/insert-step.ts';
import { edgeIndexOf } from '../core/graph/edges/edge-index.ts';
import { CARD_HEIGHT, CARD_WIDTH, type Point } from '../core/graph/geometry.ts';
import type { Placement } from '../core/graph/placement.ts';
import type { EditorSession } from '../core/session.ts';
import { useEditor } from '../session-context.ts';
import { noteRecent } from './recent-types.ts';

/** How far the pointer moves before a press becomes a drag, px. */
const THRESHOLD = 6;

/** Whether a step of a type can be put into a line. */
function leadsThrough(info: NodeTypeInfo): boolean {
  return info.kind !== 'trigger' && (info.inputs.length > 0 || info.inputsFrom !== undefined);
}

/** Where a step that is let go there would stand; null where that is no part of the canvas. */
function placementAt(session: EditorSession, info: NodeTypeInfo, at: Point): Placement | null {
  const canvas = document.querySelector('[data-canvas]')?.getBoundingClientRect();
  const point = session.camera.current?.toCanvas(at);
  if (!canvas || !point || at.x < canvas.left || at.x > canvas.right || at.y < canvas.top || at.y > canvas.bottom) return null;
  const edge = leadsThrough(info) ? edgeIndexOf(session.draft.document(), session.catalog).at(point) : null;
  return edge ? { kind: 'onEdge', edge } : { kind: 'free', at: { x: point.x - CARD_WIDTH / 2, y: point.y - CARD_HEIGHT / 2 } };
}

function light(session: EditorSession, placement: Placement | null): void {
  lightEdge(session, placement?.kind === 'onEdge' ? placement.edge : null);
}

/**
 * Dragging a row of the picker onto the canvas: the picker steps aside, a card follows the pointer, and at most one line is lit.
 * The pointer's place is written to the card directly: nothing is rendered while it moves.
 * @param ghost the card
 */
export function useCarry(ghost: RefObject<HTMLElement | null>) {
  const session = useEditor();
  const held = useRef<{ readonly info: NodeTypeInfo; readonly start: Point } | null>(null);
  const wasCarried = useRef(false);
  const end = (): void => {
    held.current = null;
    light(session, null);
    session.ui.setState({ isCarrying: false });
  };
  const rowProps = (info: NodeTypeInfo) => ({
    onPointerDown: (event: ReactPointerEvent<HTMLElement>) => {
      if (event.button !== 0 || event.pointerType === 'touch' || session.ui.getState().picker?.replaces) return;
      held.current = { info, start: { x: event.clientX, y: event.clientY } };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: ReactPointerEvent<HTMLElement>) => {
      const { current } = held;
      if (!current) return;
      const at = { x: event.clientX, y: event.clientY };
      const { isCarrying } = session.ui.getState();
      if (!isCarrying && Math.hypot(at.x - current.start.x, at.y - current.start.y) < THRESHOLD) return;
      if (!isCarrying) session.ui.setState({ isCarrying: true });
      ghost.current?.style.setProperty('transform', `translate(${at.x - CARD_WIDTH / 2}px, ${at.y - CARD_HEIGHT / 2}px)`);
      light(session, placementAt(session, info, at));
    },
    onPointerUp: (event: ReactPointerEvent<HTMLElement>) => {
      const { isCarrying } = session.ui.getState();
      wasCarried.current = isCarrying;
      const placement = isCarrying ? placementAt(session, info, { x: event.clientX, y: event.clientY }) : null;
      end();
      if (!placement) return;
      session.ui.setState({ picker: null });
      noteRecent(info.type);
      insertStep(session, info, placement);
    },
    onPointerCancel: end,
    // The click that ends a drag chooses nothing.
    onClickCapture: (event: { readonly stopPropagation: () => void }) => {
      if (wasCarried.current) event.stopPropagation();
      wasCarried.current = false;
    },
  });
  return { rowProps, end };
}

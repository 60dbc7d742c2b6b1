import { getSmoothStepPath, Position } from '@xyflow/react';
import { BACK_LINE, CARD_HEIGHT } from '../../core/graph/geometry.ts';

/** Ends of an edge, canvas px. */
export interface EdgeEnds {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

/** The drawn line and where its middle is. */
export interface EdgeRoute {
  readonly path: string;
  readonly labelX: number;
  readonly labelY: number;
  readonly isBack: boolean;
  /** Width that stands free around the middle, canvas px: cards lie above what stands at lines. */
  readonly room: number;
}

/** Most and least width of what stands at a line, canvas px. */
const MOST_ROOM = 160;
const LEAST_ROOM = 56;

/** Space beside a card that its ports take, canvas px. */
const PORTS = 16;

/** Between two cards side by side there is only the gap; elsewhere the middle is away from both. */
function roomOf({ sourceX, sourceY, targetX, targetY }: EdgeEnds): number {
  if (Math.abs(targetY - sourceY) > CARD_HEIGHT * 1.5) return MOST_ROOM;
  return Math.max(LEAST_ROOM, Math.min(MOST_ROOM, targetX - sourceX - 2 * PORTS));
}

const RADIUS = 10;

/** Smooth steps to the right; a line that leads back is routed below the cards. */
export function routeEdge(ends: EdgeEnds): EdgeRoute {
  const { sourceX, sourceY, targetX, targetY } = ends;
  if (targetX > sourceX - BACK_LINE.side) {
    const [path, labelX, labelY] = getSmoothStepPath({
      ...ends,
      sourcePosition: Position.Right,
      targetPosition: Position.Left,
      borderRadius: RADIUS,
      offset: 20,
    });
    return { path, labelX, labelY, isBack: false, room: roomOf(ends) };
  }
  const right = sourceX + BACK_LINE.side;
  const left = targetX - BACK_LINE.side;
  const below = Math.max(sourceY, targetY) + BACK_LINE.below;
  const path = [
    `M ${sourceX} ${sourceY} H ${right - RADIUS} Q ${right} ${sourceY} ${right} ${sourceY + RADIUS}`,
    `V ${below - RADIUS} Q ${right} ${below} ${right - RADIUS} ${below}`,
    `H ${left + RADIUS} Q ${left} ${below} ${left} ${below - RADIUS}`,
    `V ${targetY + RADIUS} Q ${left} ${targetY} ${left + RADIUS} ${targetY} H ${targetX}`,
  ].join(' ');
  return { path, labelX: (sourceX + targetX) / 2, labelY: below, isBack: true, room: MOST_ROOM };
}

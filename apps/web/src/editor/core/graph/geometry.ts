import type { NodeTypeInfo } from '@millwright/workflow';
import { inputsOf, outputsOf, type PortOwner } from './edges/ports.ts';

/** A point on the canvas, px at zoom 1. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle on the canvas, px at zoom 1. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Grid that positions snap to, px. */
export const GRID = 8;
/** Width of every card, px. */
export const CARD_WIDTH = 240;
/** Height of a card with up to two ports on a side, px. */
export const CARD_HEIGHT = 64;
/** Added for every further port, px. */
const PORT_HEIGHT = 20;

/** How far a line that leads back runs beside and below the cards, px. */
export const BACK_LINE = { side: 28, below: 72 } as const;

/** Height of a card: a pure function of its ports, so that nothing is ever measured. */
export function cardHeight(node: PortOwner, info: NodeTypeInfo | undefined): number {
  const ports = Math.max(inputsOf(node, info).length, outputsOf(node, info).length);
  return CARD_HEIGHT + Math.max(0, ports - 2) * PORT_HEIGHT;
}

/** Distance of a port from the top of its card, px. */
export function portOffset(index: number, count: number, height: number): number {
  return Math.round((height * (index + 1)) / (count + 1));
}

/** The nearest point of the grid. */
export function snap(point: Point): readonly [number, number] {
  return [Math.round(point.x / GRID) * GRID, Math.round(point.y / GRID) * GRID];
}

/** Whether two rectangles overlap when the first is grown by a margin, px. */
export function doOverlap(a: Box, b: Box, margin = 0): boolean {
  return a.x - margin < b.x + b.width && b.x < a.x + a.width + margin && a.y - margin < b.y + b.height && b.y < a.y + a.height + margin;
}

/** The rectangle around all of them; null for none. */
export function boundsOf(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

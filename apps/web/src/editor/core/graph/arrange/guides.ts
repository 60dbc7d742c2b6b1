import { doOverlap, GRID, type Box } from '../geometry.ts';

/** A line that shows what a dragged card is in line with, canvas px. */
export interface Guide {
  /** `x`: a vertical line at `at`; `y`: a horizontal one. */
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** Where a dragged box snaps to. */
export interface Snap {
  readonly dx: number;
  readonly dy: number;
  readonly guides: readonly Guide[];
}

/** Nothing near. */
export const NO_SNAP: Snap = { dx: 0, dy: 0, guides: [] };

/** Neighbours further away than this say nothing about where a card belongs, canvas px. */
const NEAR = 1600;

/** Largest distance at which anything snaps, canvas px: in the overview a few px on screen are many. */
const REACH = 24;

/** Boxes by the places of their edges and middles, so that a frame of a drag asks for a few numbers and looks at no list of cards. */
export interface GuideIndex {
  readonly x: ReadonlyMap<number, readonly Box[]>;
  readonly y: ReadonlyMap<number, readonly Box[]>;
}

function places(box: Box, axis: 'x' | 'y'): readonly [number, number, number] {
  const [start, length] = axis === 'x' ? [box.x, box.width] : [box.y, box.height];
  return [start, start + length / 2, start + length];
}

function indexBy(boxes: readonly Box[], axis: 'x' | 'y'): ReadonlyMap<number, readonly Box[]> {
  const index = new Map<number, Box[]>();
  for (const box of boxes) {
    for (const place of new Set(places(box, axis))) {
      const list = index.get(place);
      if (list) list.push(box);
      else index.set(place, [box]);
    }
  }
  return index;
}

/** Made once when a drag begins. @param boxes what can be lined up with: in view, and not dragged itself */
export function createGuideIndex(boxes: readonly Box[]): GuideIndex {
  return { x: indexBy(boxes, 'x'), y: indexBy(boxes, 'y') };
}

interface Hit {
  readonly shift: number;
  readonly at: number;
  readonly boxes: readonly Box[];
}

/**
 * The smallest shift onto a place of a neighbour that leaves the box on the grid: what the line shows is what is stored.
 * Of two equal shifts the one to the right or down.
 */
function nearest(index: GuideIndex, box: Box, { axis, reach }: { readonly axis: 'x' | 'y'; readonly reach: number }): Hit | null {
  const start = axis === 'x' ? box.x : box.y;
  const offsets = places(box, axis).map((place) => place - start);
  const first = Math.ceil((start - reach) / GRID) * GRID;
  let best: Hit | null = null;
  for (let to = first; to <= start + reach; to += GRID) {
    const shift = to - start;
    if (best && Math.abs(shift) > Math.abs(best.shift)) continue;
    for (const offset of offsets) {
      const near = index[axis].get(to + offset)?.filter((other) => doOverlap(box, other, NEAR)) ?? [];
      if (near.length > 0) best = { shift, at: to + offset, boxes: near };
      if (near.length > 0) break;
    }
  }
  return best;
}

function lineOf({ at, boxes }: Hit, axis: 'x' | 'y', moved: Box): Guide {
  const all = [...boxes, moved];
  const spans = all.map((box) => (axis === 'x' ? [box.y, box.y + box.height] : [box.x, box.x + box.width]));
  return { axis, at, from: Math.min(...spans.map(([from = 0]) => from)), to: Math.max(...spans.map(([, to = 0]) => to)) };
}

/**
 * Where a dragged box snaps to.
 * @param reach distance at which it does, canvas px; at most {@link REACH}
 */
export function snapTo(index: GuideIndex, box: Box, reach: number): Snap {
  const near = Math.min(reach, REACH);
  const x = nearest(index, box, { axis: 'x', reach: near });
  const y = nearest(index, box, { axis: 'y', reach: near });
  if (!x && !y) return NO_SNAP;
  const [dx, dy] = [x?.shift ?? 0, y?.shift ?? 0];
  const moved = { ...box, x: box.x + dx, y: box.y + dy };
  return { dx, dy, guides: [...(x ? [lineOf(x, 'x', moved)] : []), ...(y ? [lineOf(y, 'y', moved)] : [])] };
}

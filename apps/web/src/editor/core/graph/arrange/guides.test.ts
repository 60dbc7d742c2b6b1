import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from '../geometry.ts';
import { createGuideIndex, NO_SNAP, snapTo } from './guides.ts';

const cell = fc.integer({ min: -40, max: 40 }).map((value) => value * 8);
const boxes = fc.array(fc.record({ x: cell, y: cell, width: fc.constantFrom(240, 480), height: fc.constantFrom(64, 84, 104) }), {
  maxLength: 12,
});
const dragged = fc.record({
  x: fc.integer({ min: -400, max: 400 }),
  y: fc.integer({ min: -400, max: 400 }),
  width: fc.constant(240),
  height: fc.constantFrom(64, 84),
});

function places(box: Box, axis: 'x' | 'y'): readonly number[] {
  return axis === 'x' ? [box.x, box.x + box.width / 2, box.x + box.width] : [box.y, box.y + box.height / 2, box.y + box.height];
}

describe('lines to snap to', () => {
  it('moves a box by no more than the reach, onto the grid, and onto a place of a neighbour', () => {
    fc.assert(
      fc.property(boxes, dragged, fc.integer({ min: 1, max: 24 }), (still, box, reach) => {
        const snap = snapTo(createGuideIndex(still), box, reach);
        expect(Math.max(Math.abs(snap.dx), Math.abs(snap.dy))).toBeLessThanOrEqual(reach);
        const moved = { ...box, x: box.x + snap.dx, y: box.y + snap.dy };
        for (const guide of snap.guides) {
          expect(moved[guide.axis] % 8 === 0).toBe(true);
          expect(places(moved, guide.axis)).toContain(guide.at);
          expect(still.some((other) => places(other, guide.axis).includes(guide.at))).toBe(true);
        }
        expect(snapTo(createGuideIndex(still), box, reach)).toEqual(snap);
      }),
    );
  });

  it('stays where it has snapped to', () => {
    fc.assert(
      fc.property(boxes, dragged, (still, box) => {
        const index = createGuideIndex(still);
        const first = snapTo(index, box, 8);
        const again = snapTo(index, { ...box, x: box.x + first.dx, y: box.y + first.dy }, 8);
        for (const guide of first.guides) expect(guide.axis === 'x' ? again.dx : again.dy).toBe(0);
      }),
    );
  });

  it('says nothing without neighbours, and draws from one to the other', () => {
    expect(snapTo(createGuideIndex([]), { x: 3, y: 3, width: 240, height: 64 }, 6)).toBe(NO_SNAP);
    const index = createGuideIndex([{ x: 0, y: 0, width: 240, height: 64 }]);
    expect(snapTo(index, { x: 403, y: 4, width: 240, height: 64 }, 6)).toMatchObject({
      dx: 0,
      dy: -4,
      guides: [{ axis: 'y', at: 0, from: 0, to: 643 }],
    });
  });
});

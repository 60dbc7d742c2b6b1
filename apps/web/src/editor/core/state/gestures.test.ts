import { describe, expect, it } from 'vitest';
import { testCatalog, testDocument } from '../testing.ts';
import { gestureArrow, gestureEnter, startConnect, startMove } from './gestures.ts';
import { levelFor } from './detail-level.ts';

const document = testDocument(
  [
    ['t', 'test.trigger', 0],
    ['b', 'test.branch', 320],
    ['near', 'test.step', 640],
    ['far', 'test.step', 960],
  ],
  ['t>b'],
);
const graph = { document, catalog: testCatalog };

describe('connecting by keyboard', () => {
  it('offers only what may be connected, the nearest first, and Enter draws the edge', () => {
    let { gesture } = startConnect(graph, 'b');
    gesture = gestureArrow(graph, gesture, { direction: 'right', isBig: false }).gesture;
    gesture = gestureArrow(graph, gesture, { direction: 'down', isBig: false }).gesture;
    const { changes, say } = gestureEnter(graph, gesture);
    expect(changes).toEqual([{ kind: 'addEdge', edge: { from: 'b', output: 'false', to: 'far', input: 'main' } }]);
    expect(say).toEqual({ key: 'say.connected', values: { from: 'B', to: 'FAR' } });
  });

  it('wraps around at both ends', () => {
    const start = startConnect(graph, 'b').gesture;
    const up = gestureArrow(graph, start, { direction: 'up', isBig: false }).gesture;
    const back = gestureArrow(graph, up, { direction: 'down', isBig: false }).gesture;
    expect(back).toEqual(start);
  });
});

describe('moving by keyboard', () => {
  it('writes nothing before Enter, then one change per step', () => {
    let { gesture } = startMove(['near', 'far']);
    for (const direction of ['right', 'right', 'down'] as const) {
      const step = gestureArrow(graph, gesture, { direction, isBig: direction === 'down' });
      expect(step.changes).toEqual([]);
      gesture = step.gesture;
    }
    expect(gestureEnter(graph, gesture).changes).toEqual([
      { kind: 'moveNode', nodeId: 'near', position: [656, 40] },
      { kind: 'moveNode', nodeId: 'far', position: [976, 40] },
    ]);
  });
});

describe('the level of detail', () => {
  it('does not flicker around a limit', () => {
    expect(levelFor(0.59, 'full')).toBe('full');
    expect(levelFor(0.59, 'title')).toBe('title');
    expect(levelFor(0.64, 'title')).toBe('full');
    expect(levelFor(0.34, 'title')).toBe('title');
    expect(levelFor(0.34, 'block')).toBe('block');
    expect(levelFor(0.1, 'full')).toBe('block');
  });
});

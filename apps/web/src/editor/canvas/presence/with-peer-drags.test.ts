import { describe, expect, it } from 'vitest';
import type { FlowNode } from '../flow-model.ts';
import { withPeerDrags } from './with-peer-drags.ts';

function card(id: string, x: number, y: number, parentId?: string): FlowNode {
  return { id, type: 'step', position: { x, y }, data: {}, ...(parentId === undefined ? {} : { parentId }) };
}

describe('steps that others drag', () => {
  const cards = [card('frame', 100, 100), card('inside', 20, 30, 'frame'), card('other', 0, 0)];

  it('stand where they are dragged to, counted from their frame', () => {
    const moved = withPeerDrags(cards, new Map([['inside', [500, 400] as const]]));
    expect(moved[1]?.position).toEqual({ x: 400, y: 300 });
    expect(moved[0]).toBe(cards[0]);
    expect(moved[2]).toBe(cards[2]);
  });

  it('take what they hold along', () => {
    const moved = withPeerDrags(cards, new Map([['frame', [0, 0] as const]]));
    expect(moved[0]?.position).toEqual({ x: 0, y: 0 });
    expect(moved[1]).toBe(cards[1]);
  });

  it('cost nothing while nobody drags', () => {
    expect(withPeerDrags(cards, null)).toBe(cards);
  });
});

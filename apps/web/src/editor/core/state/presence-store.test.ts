import { ABSENT, type Peer } from '@millwright/workflow/draft';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { colorsOf, createPresence, PEER_COLORS } from './presence-store.ts';

function peer(id: string, parts: Partial<Peer> = {}): Peer {
  return { ...ABSENT, user: { id, name: id, canEdit: true }, ...parts };
}

describe('presence', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('sends nothing while nobody is there, and everything to who comes', () => {
    const send = vi.fn();
    const { port, take } = createPresence({ send, userId: 'me' });
    port.tell({ nodes: ['a'] });
    port.tell({ cursor: [1, 2] });
    vi.advanceTimersByTime(1000);
    expect(send).not.toHaveBeenCalled();
    take(new Map([[1, peer('bo')]]));
    expect(send).toHaveBeenLastCalledWith({ ...ABSENT, nodes: ['a'], cursor: [1, 2] });
  });

  it('sends at most twenty times a second, the last place always', () => {
    const send = vi.fn();
    const { port, take } = createPresence({ send, userId: 'me' });
    take(new Map([[1, peer('bo')]]));
    send.mockClear();
    for (let ms = 0; ms < 1000; ms += 5) {
      port.tell({ cursor: [ms, 0] });
      vi.advanceTimersByTime(5);
    }
    vi.advanceTimersByTime(100);
    expect(send.mock.calls.length).toBeLessThanOrEqual(21);
    expect(send).toHaveBeenLastCalledWith({ ...ABSENT, cursor: [995, 0] });
  });

  it('does not change the list of people while somebody only moves', () => {
    const { port, take } = createPresence({ send: () => undefined, userId: 'me' });
    take(new Map([[1, peer('bo', { nodes: ['a'] })]]));
    const { pages, atNode } = port.people.getState();
    take(new Map([[1, peer('bo', { nodes: ['a'], cursor: [5, 5] })]]));
    expect(port.people.getState().pages).toBe(pages);
    expect(port.people.getState().atNode).toBe(atNode);
    expect(port.motion.getState().pages.get(1)?.cursor).toEqual([5, 5]);
  });

  it('draws only the steps again where somebody came or went', () => {
    const { port, take } = createPresence({ send: () => undefined, userId: 'me' });
    take(
      new Map([
        [1, peer('bo', { nodes: ['a'] })],
        [2, peer('cy', { nodes: ['b'] })],
      ]),
    );
    const atA = port.people.getState().atNode.get('a');
    take(
      new Map([
        [1, peer('bo', { nodes: ['a'] })],
        [2, peer('cy', { nodes: ['c'] })],
      ]),
    );
    expect(port.people.getState().atNode.get('a')).toBe(atA);
    expect(port.people.getState().atNode.has('b')).toBe(false);
  });

  it('stops following who has left', () => {
    const { port, take } = createPresence({ send: () => undefined, userId: 'me' });
    take(new Map([[1, peer('bo')]]));
    port.follow(1);
    take(new Map());
    expect(port.people.getState().following).toBeNull();
  });

  it('gives different people different colours, the same on every screen', () => {
    const ids = Array.from({ length: PEER_COLORS }, (_, index) => `usr_${index}`);
    expect(new Set(colorsOf(ids).values()).size).toBe(PEER_COLORS);
    expect(colorsOf(ids.toReversed())).toEqual(colorsOf(ids));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ABSENT, PRESENCE_LIMITS, readPeer, readPresence } from './presence.ts';

const user = { id: 'usr_1', name: 'Ana', canEdit: true };

describe('presence', () => {
  it('keeps what makes sense and leaves out what does not', () => {
    const state = {
      cursor: [1, 2],
      nodes: ['a'],
      field: { nodeId: 'a', field: 'parameters.url', isTyping: true },
      drag: 'x',
      view: { x: 0 },
    };
    expect(readPresence(state)).toEqual({ ...ABSENT, cursor: [1, 2], nodes: ['a'], field: state.field });
    expect(readPresence({ cursor: [Infinity, 0], nodes: Array.from({ length: PRESENCE_LIMITS.nodes + 1 }, () => 'a') })).toEqual(ABSENT);
    expect(readPresence('garbage')).toEqual(ABSENT);
  });

  it('carries nothing but ids and places: other keys are dropped', () => {
    expect(readPresence({ ...ABSENT, html: '<b>', user })).toEqual(ABSENT);
  });

  it('knows no peer without a person', () => {
    expect(readPeer({ ...ABSENT, user })).toEqual({ ...ABSENT, user });
    expect(readPeer({ ...ABSENT })).toBeNull();
    expect(readPeer({ ...ABSENT, user: { ...user, name: '' } })).toBeNull();
  });

  it('never throws, whatever a page sends', () => {
    fc.assert(
      fc.property(fc.anything(), (state) => {
        readPeer(state);
        expect(Object.keys(readPresence(state)).toSorted()).toEqual(Object.keys(ABSENT).toSorted());
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { ItemList } from './item-list.ts';
import { originsFrom, placeOf, type Source } from './origins.ts';

function listOf(nodeId: string, runIndex: number, count: number, origins: ItemList['origins'] = new Map()): ItemList {
  return { id: `${nodeId}:${runIndex}:main`, nodeId, items: Array.from({ length: count }, (_, json) => ({ json })), origins };
}

/** Origins of items made of these sources, as `id position` each. */
function traced(sources: readonly (readonly Source[])[], nodeId: string): readonly (string | undefined)[] {
  const lists = [...new Set(sources.flat().map(({ list }) => list))];
  const origins = originsFrom({ count: sources.length, sourcesOf: (index) => sources[index] ?? [], lists }, () => true);
  return sources.map((_, index) => {
    const origin = origins.get(nodeId);
    const place = origin === undefined ? undefined : placeOf(origin, index);
    return place === undefined ? undefined : `${place.ref} ${place.position}`;
  });
}

describe('origins of several lists', () => {
  const t = listOf('t', 0, 3);
  const a = listOf('a', 0, 2, new Map([['t', { ref: t.id, list: t, at: [2, 1] }]]));
  const b = listOf('b', 0, 2, new Map([['t', { ref: t.id, list: t, at: [2, 0] }]]));

  it('agree, or are known to one side only, or cannot be told', () => {
    const pair = (first: number, second: number): readonly Source[] => [
      { list: a, position: first },
      { list: b, position: second },
    ];
    expect(traced([pair(0, 0), pair(1, 1)], 't')).toEqual(['t:0:main 2', undefined]);
    expect(traced([pair(0, 0), pair(1, 1)], 'a')).toEqual(['a:0:main 0', 'a:0:main 1']);
  });

  it('that cannot be told on one side cannot be told at all, however few items there are; what comes from elsewhere does not count', () => {
    const one = [{ list: t, position: 0 }];
    const summed = listOf(
      'sum',
      0,
      1,
      originsFrom({ count: 1, sourcesOf: () => [...one, { list: t, position: 1 }], lists: [t] }, () => true),
    );
    const other = listOf('other', 0, 1);
    const both = listOf(
      'both',
      0,
      2,
      originsFrom({ count: 2, sourcesOf: (at) => (at === 0 ? one : [{ list: other, position: 0 }]), lists: [t, other] }, () => true),
    );
    expect(traced([[...one, { list: summed, position: 0 }]], 't')).toEqual([undefined]);
    expect(traced([[...one, { list: other, position: 0 }]], 't')).toEqual(['t:0:main 0']);
    expect(
      traced(
        [
          [
            { list: t, position: 2 },
            { list: both, position: 1 },
          ],
        ],
        't',
      ),
    ).toEqual(['t:0:main 2']);
  });

  it('of one node in several runs are told apart', () => {
    const rounds = [0, 1, 2].map((run) => listOf('body', run, 1));
    expect(
      traced(
        rounds.map((list) => [{ list, position: 0 }]),
        'body',
      ),
    ).toEqual(['body:0:main 0', 'body:1:main 0', 'body:2:main 0']);
  });

  it('of more lists than are kept cannot be told', () => {
    const rounds = Array.from({ length: 120 }, (_, run) => [{ list: listOf('body', run, 1), position: 0 }]);
    expect(traced(rounds, 'body').filter((one) => one === undefined)).toHaveLength(20);
  });

  it('cost nothing where no expression asks', () => {
    const sourcesOf = (): readonly Source[] => {
      throw new Error('nobody asked');
    };
    expect(originsFrom({ count: 3, sourcesOf, lists: [a, b] }, () => false).size).toBe(0);
  });
});

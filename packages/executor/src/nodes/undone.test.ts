import { UNDO_INDEX } from '@millwright/engine';
import { describe, expect, it } from 'vitest';
import { planOf } from '../segment/world.ts';
import { undoneIn } from './undone.ts';

const section = (parent: string, type = 'test.write') => ({ type, parent });
const { skeleton } = planOf({ l: 'core.loop', p: 'core.compensate', a: section('p'), ua: section('p'), z: 'test.write' }, [
  't>l',
  'l.loop>p',
  'p.do>a',
  'a>p.result',
  'p.undo>ua',
  'p.main>l.back',
  'l.done>z',
]);
const row = (nodeId: string, runIndex: number, status: 'done' | 'failed' | 'unknown' = 'done', attempt = 1) => ({
  nodeId,
  runIndex,
  itemIndex: 0,
  attempt,
  class: 'write' as const,
  status,
  generation: 0,
});
const did = [0, 1, 2].map((n) => row('a', n));
const undone = (...rows: readonly ReturnType<typeof row>[]): readonly number[] => {
  const undoneWhere = undoneIn(skeleton, [...did, ...rows]);
  return did.flatMap(({ runIndex }) => (undoneWhere('a', runIndex) === undefined ? [] : [runIndex]));
};
const undoOf = (n: number, status?: 'done' | 'failed' | 'unknown', attempt?: number) => row('ua', UNDO_INDEX + n, status, attempt);

describe('which sections were undone', () => {
  it('are those whose number their undo has, where all of it is known to be done', () => {
    expect(undone()).toEqual([]);
    expect(undone(undoOf(2), undoOf(1, 'failed'), undoOf(0, 'unknown'))).toEqual([2]);
    expect(undone(undoOf(2, 'failed'), undoOf(2, 'done', 2))).toEqual([2]);
  });

  it('are, where rows of an older engine do not say it, all when every undo is done, and none when one is not', () => {
    expect(undone(row('ua', 0), row('ua', 1), row('ua', 2))).toEqual([0, 1, 2]);
    expect(undone(row('ua', 0, 'failed'), row('ua', 1), row('ua', 2))).toEqual([]);
    expect(undone(row('ua', 0, 'unknown'))).toEqual([]);
  });

  it('are no others because of an undo that has no section', () => {
    expect(undone(undoOf(2), row('ua', 0))).toEqual([2]);
    expect(undone(undoOf(2), row('ua', 0, 'failed'))).toEqual([]);
  });
});

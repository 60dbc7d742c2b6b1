import { expect, it } from 'vitest';
import { siblingQueue, taskQueue } from './names.ts';
import { workspaceOf } from './workspace-tag.ts';

it.each<[unknown, string | undefined]>([
  [{ workspaceId: 'ws_1' }, 'ws_1'],
  [{ header: { workspaceId: 'ws_2' } }, 'ws_2'],
  [{ workspaceId: '' }, undefined],
  [{ workspaceId: 1 }, undefined],
  [{ workspaceId: 'x'.repeat(65) }, undefined],
  [{ header: null }, undefined],
  ['ws_1', undefined],
  [null, undefined],
])('the workspace of %j is %s', (value, expected) => {
  expect(workspaceOf(value)).toBe(expected);
});

it('queues of one prefix never meet those of another', () => {
  expect([taskQueue('rt'), taskQueue('bg', 't1-')]).toEqual(['rt', 't1-bg']);
});

it('a queue finds its sibling of the same install', () => {
  expect([siblingQueue('rt', 'fx'), siblingQueue('t1-bg', 'fx'), siblingQueue('rt-rt', 'fx')]).toEqual(['fx', 't1-fx', 'rt-fx']);
});

import { expect, it } from 'vitest';
import { createPlanConfigs } from './plan-configs.ts';

function config(name: string) {
  return { name, parameters: {}, credentials: {}, configHash: name };
}

it('a node is read once, also by many at the same time; the least recently read leave first', async () => {
  const loads: string[] = [];
  const plans = createPlanConfigs(async (_workspace, _plan, nodeId) => (loads.push(nodeId), config(nodeId)), 2);
  await Promise.all([plans.config('w', 'p', 'a'), plans.config('w', 'p', 'a')]);
  await plans.config('w', 'p', 'b');
  await plans.config('w', 'p', 'a');
  await plans.config('w', 'p', 'c');
  await plans.config('w', 'p', 'a');
  expect(loads).toEqual(['a', 'b', 'c']);
  expect((await plans.config('w', 'p', 'b')).name).toBe('b');
  expect(loads).toEqual(['a', 'b', 'c', 'b']);
});

it('a read that failed is not kept, and workspaces never share an entry', async () => {
  let tries = 0;
  const plans = createPlanConfigs(async (workspaceId) => (tries++ === 0 ? Promise.reject(new Error('away')) : config(workspaceId)));
  await expect(plans.config('w1', 'p', 'a')).rejects.toThrow('away');
  expect((await plans.config('w1', 'p', 'a')).name).toBe('w1');
  expect((await plans.config('w2', 'p', 'a')).name).toBe('w2');
});

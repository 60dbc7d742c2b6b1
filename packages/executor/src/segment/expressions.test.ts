import { describe, expect, it } from 'vitest';
import { planOf, World } from './world.ts';

const nodes = {
  a: {
    type: 'test.set',
    parameters: { name: 'x{{ $json.user.name }}', fallback: "{{ $json.nope || 'none' }}", other: "{{ $('t').itemMatching(0).json.n }}" },
  },
};

describe('settings.expressions', () => {
  it('n8n: missing paths give nothing, item by item', async () => {
    const world = new World(planOf(nodes, ['t>a'], { expressions: 'n8n' }));
    expect(await world.drive([{ n: 1 }, { user: { name: 'Ann' } }])).toEqual({ kind: 'ended', status: 'succeeded' });
    expect(world.output('a')).toMatchObject([
      { name: 'x', fallback: 'none', other: 1 },
      { name: 'xAnn', fallback: 'none', other: 1 },
    ]);
  });
  it('absent: a missing path fails the step, naming step, field and item', async () => {
    const world = new World(planOf(nodes, ['t>a']));
    expect(await world.drive([{ n: 0, user: { name: 'Ann' }, nope: 1 }, { n: 1 }])).toMatchObject({ kind: 'ended', status: 'failed' });
    expect(world.row.nodeRuns.get('a:0')).toMatchObject({
      status: 'failed',
      error: { code: 'expression_missing_key', nodeId: 'a', field: 'name', itemIndex: 1 },
    });
  });
});

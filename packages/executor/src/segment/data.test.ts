import { describe, expect, it } from 'vitest';
import { planOf, World } from './world.ts';

const ended = (status: string) => ({ kind: 'ended', status });

describe('data', () => {
  const big = (letter: string, kilobytes: number) => ({ text: letter.repeat(kilobytes * 1024) });

  it('keeps a state small: large lists go to blobs, and come back', async () => {
    const world = new World(planOf({ p: { type: 'core.wait', parameters: { amount: 1, unit: 'hours' } }, b: 'test.set' }, ['t>p', 'p>b']));
    const result = await world.process().executor.runSegment(world.input([big('x', 20)]));
    expect(JSON.stringify(result).length).toBeLessThan(16_000);
    expect(world.blobs.stored.size).toBe(1);
    for (const owner of world.store.alive) world.store.alive.delete(owner);
    expect(await world.drive([big('x', 20)])).toEqual(ended('succeeded'));
    expect(world.row.nodeRuns.get('b:0')?.outputs['main']).toMatchObject({ count: 1, blobId: expect.any(String) });
  });

  it('keeps all inline lists of a state below 48 KiB, the largest leave first', async () => {
    const waits = Object.fromEntries(
      ['a', 'b', 'c', 'd'].flatMap((id, index) => [
        [`s${id}`, { type: 'test.set', parameters: { text: id.repeat((12 + index) * 1024) } }],
        [`p${id}`, { type: 'core.wait', parameters: { amount: 1, unit: 'hours' } }],
      ]),
    );
    const world = new World(
      planOf(
        waits,
        ['a', 'b', 'c', 'd'].flatMap((id) => [`t>s${id}`, `s${id}>p${id}`]),
      ),
    );
    const result = await world.process().executor.runSegment(world.input([{}]));
    if (result.kind !== 'waiting') throw new Error('it waits');
    const refs = result.state.active.map((one) => one.inputs['main']);
    expect(refs.map((ref) => ref?.blobId === undefined)).toEqual([true, true, true, false]);
    expect(refs.reduce((sum, ref) => sum + (ref?.inline === undefined ? 0 : ref.sizeBytes), 0)).toBeLessThanOrEqual(48 * 1024);
  });

  it('is not kept in history when the workflow says so, but the facts are', async () => {
    for (const save of ['none', 'failures'] as const) {
      const world = new World(planOf({ a: 'test.set' }, ['t>a']), { save });
      await world.drive([{ secret: 1 }]);
      expect(JSON.stringify([...world.row.nodeRuns.values()])).not.toContain('secret');
      expect(world.row.nodeRuns.get('a:0')).toMatchObject({ status: 'succeeded', outputs: { main: { count: 1 } } });
    }
  });

  it('executeOnce takes the first item, alwaysOutput gives an empty one, disabled hands on', async () => {
    const world = new World(
      planOf(
        {
          a: { type: 'test.set', settings: { executeOnce: true } },
          d: { type: 'test.set', settings: { disabled: true } },
          e: { type: 'test.set', settings: { alwaysOutput: true } },
          z: 'test.set',
        },
        ['t>a', 'a>d', 'd>e', 'e>z'],
      ),
    );
    world.behaviour['e'] = async () => ({ items: [] });
    await world.drive([{ n: 1 }, { n: 2 }]);
    expect(world.output('a')).toEqual([{ n: 1 }]);
    expect(world.row.nodeRuns.get('d:0')).toMatchObject({ status: 'skipped', reason: 'disabled' });
    expect(world.output('z')).toEqual([{}]);
  });

  it('lineage is walked back through one-to-one, one-to-many, routing, and disabled nodes', async () => {
    const nodes = {
      many: 'test.set',
      i: { type: 'core.if', parameters: { conditions: [{ left: '{{ $json.k }}', operator: 'equals', right: 1 }] } },
      off: { type: 'test.set', settings: { disabled: true } },
      z: { type: 'test.set', parameters: { name: "{{ $('Step t').item.json.name }}", k: "{{ $('many').item.json.k }}" } },
    };
    const world = new World(planOf(nodes, ['t>many', 'many>i', 'i.true>off', 'off>z']));
    world.behaviour['many'] = async () => ({ items: [{ json: { k: 0 } }, { json: { k: 1 } }] });
    await world.drive([{ name: 'a' }, { name: 'b' }]);
    expect(world.output('z')).toEqual([
      { k: 1, name: 'a' },
      { k: 1, name: 'b' },
    ]);
  });

  it('lineage that cannot be told is an error that says what to do', async () => {
    const world = new World(
      planOf({ mix: 'test.whole', z: { type: 'test.set', parameters: { name: "{{ $('t').item.json.name }}" } } }, ['t>mix', 'mix>z']),
    );
    world.behaviour['mix'] = async (call) => ({ items: call.items.toReversed() });
    expect(await world.drive([{ name: 'a' }, { name: 'b' }])).toEqual(ended('failed'));
    expect(world.row.end?.error).toMatchObject({ code: 'expression_lineage', hint: expect.stringContaining('.first()') });
  });
});

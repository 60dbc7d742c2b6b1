import { ConnectorError } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { byN, delayed, failing, inside, items, map, numberOf } from './testing/containers.ts';
import { World } from './world.ts';

const ended = (status: string) => ({ kind: 'ended', status });

describe('map', () => {
  const plan = inside(
    {
      '': { m: map({ window: 2 }), z: { type: 'test.set', parameters: { z: '{{ $itemIndex }}', back: "{{ $('t').item.json.n }}" } } },
      m: { w: byN, s: { type: 'test.set', parameters: { twice: '{{ $json.n * 2 }}', own: "{{ $('w').item.json.n }}" } } },
    },
    ['t>m', 'm.each>w', 'w>s', 's>m.collect', 'm.main>z'],
  );

  it('gives results in the order of items, each with the item that it came from, however they came back', async () => {
    const world = new World(plan);
    delayed(world, 'w', (n) => (n === 0 ? 20 : 1));
    expect(await world.drive(items(5))).toEqual(ended('succeeded'));
    expect(world.output('z')).toEqual(items(5).map(({ n }) => ({ n, sent: true, twice: n * 2, own: n, z: n, back: n })));
    expect(world.row.nodeRuns.get('m:0')).toMatchObject({ status: 'succeeded', progress: { done: 5, failed: 0, total: 5 } });
    expect(world.row.nodeRuns.get('m:0')?.outputs['main']?.inline?.map((item) => item.from)).toEqual([[0], [1], [2], [3], [4]]);
  });

  it('works on no more items at once than its window says', async () => {
    const world = new World(plan);
    let now = 0;
    let most = 0;
    world.behaviour['w'] = async (call) => {
      most = Math.max(most, (now += 1));
      await new Promise((resolve) => setTimeout(resolve, 2));
      now -= 1;
      return world.usual(call);
    };
    await world.drive(items(6));
    expect(most).toBe(2);
  });

  it('stop: one failed item fails the map, and nothing new is sent', async () => {
    const world = new World(plan);
    failing(world, 'w', (n) => n === 1);
    expect(await world.drive(items(50))).toEqual(ended('failed'));
    expect(world.row.end?.error).toMatchObject({ code: 'refused', nodeId: 'w' });
    expect(world.row.nodeRuns.get('m:0')).toMatchObject({ status: 'failed', progress: { total: 50 } });
    expect(world.sent.length).toBeLessThan(4);
  });

  it('collect: the failed item is an error in its place', async () => {
    const world = new World(inside({ '': { m: map({ onItemError: 'collect' }) }, m: { w: byN } }, ['t>m', 'm.each>w', 'w>m.collect']));
    failing(world, 'w', (n) => n === 1);
    expect(await world.drive(items(3))).toEqual(ended('succeeded'));
    expect(world.output('m')).toEqual([
      { n: 0, sent: true },
      { error: { code: 'refused', message: 'refused', nodeId: 'w' } },
      { n: 2, sent: true },
    ]);
    expect(world.row.nodeRuns.get('m:0')).toMatchObject({ progress: { done: 2, failed: 1, total: 3 } });
  });

  it('with a join inside joins what belongs to one item', async () => {
    const joined = inside(
      {
        '': { m: map({ window: 3 }) },
        m: {
          a: byN,
          b: { type: 'test.read', parameters: { m: '{{ $json.n }}' } },
          j: { type: 'core.merge', parameters: { mode: 'position' } },
        },
      },
      ['t>m', 'm.each>a', 'm.each>b', 'a>j.in1', 'b>j.in2', 'j>m.collect'],
    );
    const world = new World(joined);
    delayed(world, 'a', (n) => 12 - 4 * n);
    expect(await world.drive(items(3))).toEqual(ended('succeeded'));
    expect(world.output('m')).toMatchObject([0, 1, 2].map((n) => ({ n, m: n, sent: true })));
  });

  it('with a loop inside keeps the rounds of items apart', async () => {
    const looped = inside(
      { '': { m: map({ window: 3 }) }, m: { l: { type: 'core.loop', parameters: {} }, w: byN, spread: 'test.whole' } },
      ['t>m', 'm.each>spread', 'spread>l', 'l.loop>w', 'w>l', 'l.done>m.collect'],
    );
    const world = new World(looped);
    world.behaviour['spread'] = async ({ items: given }) => {
      const n = numberOf(given);
      return { items: [0, 1, 2].map((round) => ({ json: { n: n * 10 + round } })) };
    };
    delayed(world, 'w', (n) => n % 4);
    expect(await world.drive(items(3))).toEqual(ended('succeeded'));
    expect(world.output('m')).toEqual([0, 1, 2, 10, 11, 12, 20, 21, 22].map((n) => ({ n, sent: true })));
  });

  it('goes on in another process after waits and retries inside', async () => {
    const waiting = inside(
      {
        '': { m: map({ window: 2 }), z: 'test.set' },
        m: {
          p: { type: 'core.wait', parameters: { amount: 1, unit: 'hours' } },
          w: { ...byN, settings: { retry: { maxAttempts: 2, initialMs: 1, jitter: 0 } } },
        },
      },
      ['t>m', 'm.each>p', 'p>w', 'w>m.collect', 'm.main>z'],
    );
    const world = new World(waiting);
    const tried = new Set<unknown>();
    world.behaviour['w'] = async (call) => {
      const { n } = call.parameters;
      if (tried.has(n)) return world.usual(call);
      tried.add(n);
      throw new ConnectorError('transient', { code: 'busy', message: 'busy', details: { status: 503 } });
    };
    expect(await world.drive(items(3))).toEqual(ended('succeeded'));
    expect(world.output('z')).toEqual(items(3).map((item) => ({ ...item, sent: true })));
    expect(world.row.waitsFor).toBeNull();
  });
});

describe('a process that dies at any commit of a map', () => {
  it('leaves each effect done once, or repeated under the same key with the same request', async () => {
    const plan = inside(
      {
        '': { m: map({ window: 2 }), z: 'test.set' },
        m: { r: 'test.read', w: { type: 'test.write', parameters: { n: "{{ $('m').item.json.n }}", read: '{{ $json.read }}' } } },
      },
      ['t>m', 'm.each>r', 'r>w', 'w>m.collect', 'm.main>z'],
    );
    const calm = new World(plan);
    await calm.drive(items(5));
    expect(calm.store.commits).toBeGreaterThan(4);
    for (let atCommit = 1; atCommit <= calm.store.commits; atCommit++) {
      for (const isStored of [false, true]) {
        const world = new World(plan);
        delayed(world, 'w', (n) => (n * 7) % 5);
        expect(await world.drive(items(5), { atCommit, isStored })).toEqual(ended('succeeded'));
        expect(world.output('z')?.map((one) => (one as { n: number }).n)).toEqual([0, 1, 2, 3, 4]);
        const byKey = Map.groupBy(world.sent, (one) => one.key ?? '');
        expect(byKey.size).toBe(5);
        for (const sends of byKey.values()) expect(new Set(sends.map((one) => JSON.stringify(one.parameters))).size).toBe(1);
        expect([...world.row.attempts.values()].filter((one) => one.class === 'write' && one.status === 'done')).toHaveLength(5);
      }
    }
  });
});

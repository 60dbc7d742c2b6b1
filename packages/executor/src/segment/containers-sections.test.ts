import { ConnectorError, systemClock } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import type { Crash } from '../testing.ts';
import { byN, failing, inside, items, map, numberOf } from './testing/containers.ts';
import { World } from './world.ts';

const ended = (status: string) => ({ kind: 'ended', status });

describe('try', () => {
  const plan = inside(
    {
      '': { y: 'core.try', z: { type: 'test.set', parameters: { z: 1 } } },
      y: {
        w: byN,
        c: { type: 'test.set', parameters: { code: '{{ $json.error.code }}', at: '{{ $json.error.nodeId }}' } },
        f: { type: 'test.write', parameters: { f: '{{ $items.length }}' } },
      },
    },
    ['t>y', 'y.try>w', 'w>y.result', 'y.catch>c', 'c>y.result', 'y.finally>f', 'y.main>z'],
  );

  it('goes on with the result; finally has run', async () => {
    const world = new World(plan);
    expect(await world.drive(items(2))).toEqual(ended('succeeded'));
    expect(world.output('z')).toEqual([0, 1].map((n) => ({ n, sent: true, z: 1 })));
    expect(world.story.filter((line) => line.startsWith('c') || line.startsWith('f'))).toEqual(['f:0 succeeded']);
  });

  it('on error goes on with what catch gives for the items that came in', async () => {
    const world = new World(plan);
    failing(world, 'w', (n) => n === 1);
    expect(await world.drive(items(2))).toEqual(ended('succeeded'));
    expect(world.output('z')).toMatchObject([0, 1].map((n) => ({ n, code: 'refused', at: 'w', z: 1, error: { message: 'refused' } })));
    expect(world.row.nodeRuns.get('w:0')).toMatchObject({ status: 'failed' });
    expect(world.row.nodeRuns.get('y:0')).toMatchObject({ status: 'succeeded' });
  });

  it('keeps the answer of a write that was under way when something beside it failed', async () => {
    const world = new World(
      inside({ '': { y: 'core.try', z: 'test.set' }, y: { slow: byN, bad: byN, c: 'test.read' } }, [
        't>y',
        'y.try>slow',
        'y.try>bad',
        'y.catch>c',
        'c>y.result',
        'y.main>z',
      ]),
    );
    world.behaviour['slow'] = async (call) => {
      const outcome = await world.usual(call);
      await new Promise((resolve) => setTimeout(resolve, 15));
      return outcome;
    };
    world.behaviour['bad'] = async () => {
      while (world.sent.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      throw new ConnectorError('permanent', { code: 'refused', message: 'refused', details: { status: 422 } });
    };
    expect(await world.drive(items(1))).toEqual(ended('succeeded'));
    expect(world.row.nodeRuns.get('slow:0')).toMatchObject({ status: 'canceled' });
    expect(world.row.attempts.get('slow:0:0:1')).toMatchObject({ status: 'done', seq: 0 });
    expect(world.output('z')).toHaveLength(1);
  });

  it('a map in a try in a map: the inner failure is caught per outer item', async () => {
    const nested = inside(
      {
        '': { o: map({ window: 2 }), z: 'test.set' },
        o: { y: 'core.try' },
        y: { split: 'test.whole', i: map({ window: 2 }), c: { type: 'test.set', parameters: { caught: '{{ $json.error.code }}' } } },
        i: { w: byN },
      },
      [
        't>o',
        'o.each>y',
        'y.try>split',
        'split>i',
        'i.each>w',
        'w>i.collect',
        'i.main>y.result',
        'y.catch>c',
        'c>y.result',
        'y.main>o.collect',
        'o.main>z',
      ],
    );
    const world = new World(nested);
    world.behaviour['split'] = async ({ items: given }) => {
      const n = numberOf(given);
      return { items: [0, 1, 2].map((k) => ({ json: { n: n * 10 + k } })) };
    };
    failing(world, 'w', (n) => n === 11);
    expect(await world.drive(items(3))).toEqual(ended('succeeded'));
    expect(world.output('z')).toMatchObject([{ n: 0 }, { n: 1 }, { n: 2 }, { n: 1, caught: 'refused' }, { n: 20 }, { n: 21 }, { n: 22 }]);
  });

  it('a process that dies at any commit: what is caught is caught again, finally runs', async () => {
    const worldOf = (): World => {
      const world = new World(plan);
      failing(world, 'w', (n) => n === 1);
      return world;
    };
    const calm = worldOf();
    await calm.drive(items(2));
    for (let atCommit = 1; atCommit <= calm.store.commits; atCommit++) {
      for (const isStored of [false, true]) {
        const world = worldOf();
        expect(await world.drive(items(2), { atCommit, isStored })).toEqual(ended('succeeded'));
        expect(world.output('z')).toEqual(calm.output('z'));
        expect(new Set(world.sent.map((one) => one.key)).size).toBe(3);
      }
    }
  });
});

describe('compensate', () => {
  const plan = inside(
    {
      '': { p: 'core.compensate', q: 'core.compensate', z: byN },
      p: { a: byN, ua: { type: 'test.write', parameters: { undo: '{{ $json.n }}', was: '{{ $json.sent }}' } } },
      q: { b: byN, ub: { type: 'test.write', parameters: { undo: '{{ $json.n }}' } } },
    },
    ['t>p', 'p.do>a', 'a>p.result', 'p.undo>ua', 'p.main>q', 'q.do>b', 'b>q.result', 'q.undo>ub', 'q.main>z'],
    { timeoutMs: 60_000 },
  );
  const order = (world: World) => world.sent.map((one) => `${one.nodeId}:${one.itemIndex}`);

  it('undoes what was done, the last first, and then the run has failed', async () => {
    const world = new World(plan);
    failing(world, 'z', () => true);
    expect(await world.drive(items(1))).toEqual(ended('failed'));
    expect(order(world)).toEqual(['a:0', 'b:0', 'ub:0', 'ua:0']);
    expect(world.sent.at(-1)?.parameters).toEqual({ undo: 0, was: true });
    expect(world.row.end?.error).toMatchObject({ code: 'refused', nodeId: 'z' });
  });

  it('undoes nothing of a run that succeeds, or that is canceled', async () => {
    const world = new World(plan);
    expect(await world.drive(items(1))).toEqual(ended('succeeded'));
    expect(order(world)).toEqual(['a:0', 'b:0', 'z:0']);
    const canceled = new World(plan);
    canceled.behaviour['z'] = async (call) => {
      canceled.cancel();
      return canceled.usual(call);
    };
    expect(await canceled.drive(items(1))).toEqual(ended('canceled'));
    expect(order(canceled)).not.toContain('ua:0');
  });

  it('undoes when the time of the run is over, and takes its time for that', async () => {
    const world = new World(plan);
    let shiftMs = 0;
    world.clock = { nowMs: () => systemClock.nowMs() + shiftMs, monotonicMs: systemClock.monotonicMs };
    world.behaviour['b'] = async (call) => {
      shiftMs = 120_000;
      return world.usual(call);
    };
    expect(await world.drive(items(1))).toEqual(ended('failed'));
    expect(world.row.end).toMatchObject({ reason: 'timeout', error: { code: 'run_timeout' } });
    expect(order(world)).toContain('ua:0');
  });

  it.each(['fails', 'is late'])('a process that dies at any commit of a run that %s undoes each section that was done', async (how) => {
    const worldOf = (): World => {
      const world = new World(plan);
      let shiftMs = 0;
      world.clock = { nowMs: () => systemClock.nowMs() + shiftMs, monotonicMs: systemClock.monotonicMs };
      world.behaviour['z'] = async (call) => {
        if (how === 'is late') shiftMs = 120_000;
        if (how === 'is late') return world.usual(call);
        throw new ConnectorError('permanent', { code: 'refused', message: 'refused', details: { status: 422 } });
      };
      return world;
    };
    const calm = worldOf();
    await calm.drive(items(1));
    const undone = (world: World) => [...world.row.attempts.values()].filter((one) => one.nodeId.startsWith('u') && one.status === 'done');
    expect(undone(calm)).toHaveLength(2);
    for (let atCommit = 1; atCommit <= calm.store.commits; atCommit++) {
      for (const isStored of [false, true]) {
        const crash: Crash = { atCommit, isStored };
        const world = worldOf();
        expect(await world.drive(items(1), crash)).toEqual(ended('failed'));
        expect(world.row.end?.error?.code).toBe(how === 'fails' ? 'refused' : 'run_timeout');
        // A section whose last answer was lost and not asked for again was not done.
        const done = ['p', 'q'].filter((id) => world.row.nodeRuns.get(`${id}:0`)?.status === 'succeeded');
        expect(
          undone(world)
            .map((one) => one.nodeId)
            .toSorted(),
        ).toEqual(done.map((id) => (id === 'p' ? 'ua' : 'ub')));
        expect(done.length).toBeGreaterThanOrEqual(how === 'fails' ? 2 : 1);
        for (const sends of Map.groupBy(world.sent, (one) => one.key ?? '').values())
          expect(new Set(sends.map((one) => JSON.stringify(one.parameters))).size).toBe(1);
      }
    }
  });
});

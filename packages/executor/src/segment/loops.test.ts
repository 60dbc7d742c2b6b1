import { describe, expect, it } from 'vitest';
import { planOf, World } from './world.ts';

const ended = (status: string) => ({ kind: 'ended', status });
const loop = (parameters: Readonly<Record<string, number>> = {}) => ({ type: 'core.loop', parameters });
const numbers = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));

describe('loop', () => {
  it('sends batches round and gives everything that came back, in order', async () => {
    const world = new World(
      planOf({ l: loop({ batchSize: 2 }), body: 'test.set', z: 'test.set' }, ['t>l', 'l.loop>body', 'body>l.back', 'l.done>z']),
    );
    expect(await world.drive(numbers(5))).toEqual(ended('succeeded'));
    expect(world.story.filter((one) => one.startsWith('body'))).toEqual(['body:0 succeeded', 'body:1 succeeded', 'body:2 succeeded']);
    expect(world.output('z')).toEqual(numbers(5));
    expect(world.story.filter((one) => one.startsWith('l:'))).toHaveLength(4);
  });

  it('takes a line drawn into its ordinary input for the way back', async () => {
    const world = new World(planOf({ l: loop(), body: 'test.set', z: 'test.set' }, ['t>l', 'l.loop>body', 'body>l', 'l.done>z']));
    await world.drive(numbers(3));
    expect(world.output('z')).toEqual(numbers(3));
  });

  it('an inner loop starts anew for every outer round', async () => {
    const nodes = { outer: loop({ batchSize: 2 }), inner: loop(), body: 'test.set', after: 'test.set', z: 'test.set' };
    const edges = ['t>outer', 'outer.loop>inner', 'inner.loop>body', 'body>inner', 'inner.done>after', 'after>outer', 'outer.done>z'];
    const world = new World(planOf(nodes, edges));
    expect(await world.drive(numbers(4))).toEqual(ended('succeeded'));
    expect(world.output('z')).toEqual(numbers(4));
    expect(world.story.filter((one) => one.startsWith('body'))).toHaveLength(4);
    expect([world.output('after'), world.output('after', 'main', 1)]).toEqual([
      [{ n: 0 }, { n: 1 }],
      [{ n: 2 }, { n: 3 }],
    ]);
  });

  it('a round ends when nothing can come back any more: branches that both return, and a round that returns nothing', async () => {
    const even = { type: 'core.if', parameters: { conditions: [{ left: '{{ $json.n % 2 }}', operator: 'equals', right: 0 }] } };
    const nodes = { l: loop({ batchSize: 2 }), even, a: 'test.set', b: 'test.set', z: 'test.set' };
    const world = new World(planOf(nodes, ['t>l', 'l.loop>even', 'even.true>a', 'even.false>b', 'a>l.back', 'b>l.back', 'l.done>z']));
    await world.drive(numbers(5));
    expect(world.output('z')).toEqual(numbers(5));
    const empty = new World(planOf(nodes, ['t>l', 'l.loop>even', 'even.true>a', 'a>l.back', 'l.done>z']));
    await empty.drive([{ n: 1 }, { n: 3 }, { n: 2 }, { n: 5 }, { n: 7 }]);
    expect(empty.output('z')).toEqual([{ n: 2 }]);
  });

  it('a second list waits its turn', async () => {
    const nodes = { a: 'test.set', b: 'test.set', l: loop(), body: 'test.set', z: 'test.set' };
    const world = new World(planOf(nodes, ['t>a', 't>b', 'a>l', 'b>l', 'l.loop>body', 'body>l.back', 'l.done>z']));
    world.behaviour['b'] = async (call) => ({ items: [{ json: { b: call.item?.json ?? null } }] });
    await world.drive(numbers(2));
    expect([world.output('z'), world.output('z', 'main', 1)]).toEqual([numbers(2), [{ b: { n: 0 } }, { b: { n: 1 } }]]);
  });

  it.each([1, 2, 3, 4, 5, 6])('goes on after waits and a crash at commit %i, with effects once each', async (atCommit) => {
    const nodes = { l: loop(), w: { type: 'core.wait', parameters: { amount: 1, unit: 'hours' } }, send: 'test.write', z: 'test.set' };
    const world = new World(planOf(nodes, ['t>l', 'l.loop>w', 'w>send', 'send>l.back', 'l.done>z']));
    world.behaviour['send'] = async (call) => {
      await call.beforeSend('h');
      world.sent.push({ nodeId: 'send', itemIndex: call.itemIndex, key: call.idempotencyKey, parameters: {} });
      return { items: [{ json: call.item?.json ?? null }] };
    };
    expect(await world.drive(numbers(4), { atCommit, isStored: atCommit % 2 === 0 })).toEqual(ended('succeeded'));
    expect(world.output('z')).toEqual(numbers(4));
    expect(new Set(world.sent.map(({ key }) => key)).size).toBe(4);
  });

  it('refuses a list that needs more rounds, before the first', async () => {
    const world = new World(planOf({ l: loop({ maxRounds: 2 }), body: 'test.set' }, ['t>l', 'l.loop>body', 'body>l.back']));
    expect(await world.drive(numbers(3))).toEqual(ended('failed'));
    expect(world.row.end?.error).toMatchObject({ code: 'loop_rounds', field: 'maxRounds', hint: expect.any(String) });
    expect(world.story).not.toContain('body:0 succeeded');
  });

  it('items know what they came from, inside and after the loop', async () => {
    const nodes = {
      a: 'test.set',
      l: loop({ batchSize: 2 }),
      body: { type: 'test.set', parameters: { inside: "{{ $('t').item.json.n }}" } },
      z: { type: 'test.set', parameters: { first: "{{ $('a').item.json.n }}", round: "{{ $('body').item.json.inside }}" } },
    };
    const world = new World(planOf(nodes, ['t>a', 'a>l', 'l.loop>body', 'body>l', 'l.done>z']));
    expect(await world.drive(numbers(3))).toEqual(ended('succeeded'));
    expect(world.output('z')).toEqual([0, 1, 2].map((n) => ({ n, inside: n, first: n, round: n })));
  });

  it('inside a section each item has a loop of its own', async () => {
    const parent = 'm';
    const nodes = {
      m: { type: 'core.map', parameters: { window: 3 } },
      l: { ...loop(), parent },
      w: { type: 'test.read', parent },
      z: 'test.set',
    };
    const world = new World(
      planOf({ ...nodes, s: { type: 'test.set', parent } }, ['t>m', 'm.each>s', 's>l', 'l.loop>w', 'w>l', 'l.done>m.collect', 'm>z']),
    );
    world.behaviour['s'] = async ({ item }) => ({ items: [1, 2].map((part) => ({ json: { ...(item?.json as object), part } })) });
    world.behaviour['w'] = async ({ item }) => ({ items: [{ json: item?.json ?? null }] });
    expect(await world.drive(numbers(3))).toEqual(ended('succeeded'));
    expect(world.output('z')).toEqual(numbers(3).flatMap(({ n }) => [1, 2].map((part) => ({ n, part }))));
  });

  it('items know what they came from when every round ended a segment', async () => {
    const read = { type: 'test.set', parameters: { first: "{{ $('t').item.json.n }}" } };
    const nodes = { l: loop(), w: { type: 'core.wait', parameters: { amount: 1, unit: 'hours' } }, z: read };
    const world = new World(planOf(nodes, ['t>l', 'l.loop>w', 'w>l', 'l.done>z']));
    expect(await world.drive(numbers(3))).toEqual(ended('succeeded'));
    expect(world.output('z')).toEqual(numbers(3).map(({ n }) => ({ n, first: n })));
  });

  it('10,000 rounds leave the state small and do not reach the limit of steps', async () => {
    const world = new World(
      planOf({ l: loop({ maxRounds: 10_000 }), body: 'test.set', w: 'core.wait' }, ['t>l', 'l.loop>body', 'body>l', 'l.done>w']),
      {
        save: 'none',
      },
    );
    world.limits = { shortWaitMs: 0, segmentMs: 60_000 };
    const result = await world.process().executor.runSegment(world.input(numbers(10_000)));
    if (result.kind !== 'waiting') throw new Error(`it ${JSON.stringify(world.row.end)}`);
    expect(JSON.stringify(result.state).length).toBeLessThan(2_000);
    expect(result.state.active[0]?.inputs['main']?.count).toBe(10_000);
  });
});

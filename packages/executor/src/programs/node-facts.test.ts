import { describe, expect, it } from 'vitest';
import { planOf, World } from '../segment/world.ts';

const ended = (status: string) => ({ kind: 'ended', status });
const KNOWS = { params: "{{ $('a').params }}", old: "{{ $node['a'].parameter.city }}" };

describe('parameters of other nodes', () => {
  const a = {
    type: 'test.set',
    parameters: { city: 'Oslo', deep: { kept: 1, not: '{{ $json.n }}' }, list: ['x', '{{ 1 }}'], not: '{{ 1 }}' },
  };

  it('are those that stand there as they are; expressions among them belong to the items of their own node', async () => {
    const world = new World(planOf({ a, b: { type: 'test.set', parameters: KNOWS } }, ['t>a', 'a>b']));
    expect(await world.drive([{ n: 1 }])).toEqual(ended('succeeded'));
    expect(world.output('b')).toMatchObject([{ params: { city: 'Oslo', deep: { kept: 1 }, list: ['x', null] }, old: 'Oslo' }]);
    expect(Object.keys((world.output('b') as [{ params: object }])[0].params)).toEqual(['city', 'deep', 'list']);
  });

  it('can be read of a node that did not run', async () => {
    const no = { type: 'core.if', parameters: { conditions: [{ left: '{{ 1 }}', operator: 'equals', right: 2 }] } };
    const world = new World(
      planOf({ no, a, b: { type: 'test.set', parameters: { city: "{{ $('a').params.city }}" } } }, [
        't>no',
        'no.true>a',
        'no.false>b',
        'a>b',
      ]),
    );
    expect(await world.drive([{ n: 1 }])).toEqual(ended('succeeded'));
    expect(world.output('b')).toMatchObject([{ city: 'Oslo' }]);
  });

  it('reach programs that mention them, and change nothing for those that do not', async () => {
    const given = async (source: string): Promise<unknown> => {
      const world = new World(planOf({ a, c: { type: 'test.code', parameters: { source } } }, ['t>a', 'a>c']));
      const seen: unknown[] = [];
      world.behaviour['c'] = async (call) => {
        seen.push(call.data?.()['nodes']);
        return { items: [{ json: {} }] };
      };
      expect(await world.drive([{ n: 1 }])).toEqual(ended('succeeded'));
      return seen[0];
    };
    expect(await given("return $('a').params.city")).toMatchObject({ a: { params: { city: 'Oslo' } } });
    const plain = (await given("return $('a').all()")) as { readonly a: object };
    expect(Object.keys(plain.a)).toEqual(['items', 'paired']);
  });
});

describe('the node that the items came from', () => {
  const a = { type: 'test.set', parameters: { city: 'Oslo', not: '{{ $json.n }}' } };

  it('is known by name, with its plain parameters, to expressions and to programs that mention it', async () => {
    const b = { type: 'test.set', parameters: { from: '{{ $prevNode.name }}', city: '{{ $input.params.city }}' } };
    const c = { type: 'test.code', parameters: { source: 'return [$prevNode, $input.params]' } };
    const world = new World(planOf({ a, b, c, d: { type: 'test.code' } }, ['t>a', 'a>b', 'a>c', 'a>d']));
    const seen: Record<string, unknown> = {};
    for (const id of ['c', 'd'])
      world.behaviour[id] = async (call) => {
        seen[id] = call.data?.()['previous'];
        return { items: [{ json: {} }] };
      };
    expect(await world.drive([{ n: 1 }])).toEqual(ended('succeeded'));
    expect(world.output('b')).toMatchObject([{ from: 'Step a', city: 'Oslo' }]);
    expect(seen).toEqual({ c: { name: 'Step a', params: { city: 'Oslo' }, context: {} }, d: undefined });
  });

  it('says which round its loop is in', async () => {
    const nodes = {
      l: { type: 'core.loop', parameters: { batchSize: 1 } },
      b: { type: 'test.set', parameters: { at: '{{ $input.context.currentRunIndex }}' } },
    };
    const world = new World(planOf(nodes, ['t>l', 'l.loop>b', 'b>l.back']));
    expect(await world.drive([{ n: 1 }, { n: 2 }])).toEqual(ended('succeeded'));
    expect([0, 1].map((round) => world.output('b', 'main', round))).toMatchObject([[{ at: 0 }], [{ at: 1 }]]);
  });
});

describe('the context of a loop', () => {
  const state = {
    at: "{{ $('l').context.currentRunIndex }}",
    of: "{{ $('l').context.maxRunIndex }}",
    last: "{{ $('l').context.noItemsLeft }}",
  };
  const nodes = {
    l: { type: 'core.loop', parameters: { batchSize: 2 } },
    body: { type: 'test.set', parameters: state },
    z: { type: 'test.set', parameters: { last: "{{ $('l').context.noItemsLeft }}", done: "{{ $node['l'].context.done }}" } },
  };

  it('says in each round which one it is and whether items are left, and after it that it is done', async () => {
    const world = new World(planOf(nodes, ['t>l', 'l.loop>body', 'body>l.back', 'l.done>z']));
    expect(await world.drive([0, 1, 2, 3, 4].map((n) => ({ n })))).toEqual(ended('succeeded'));
    const rounds = [0, 1, 2].map((round) => (world.output('body', 'main', round) as readonly object[])[0]);
    expect(rounds).toMatchObject([
      { at: 0, of: 3, last: false },
      { at: 1, of: 3, last: false },
      { at: 2, of: 3, last: true },
    ]);
    expect(world.output('z')).toMatchObject([...rounds, ...rounds].slice(0, 5).map(() => ({ last: true, done: true })));
  });

  it('of a node that is none is empty', async () => {
    const world = new World(planOf({ a: 'test.set', b: { type: 'test.set', parameters: { it: "{{ $('a').context }}" } } }, ['t>a', 'a>b']));
    await world.drive([{ n: 1 }]);
    expect(world.output('b')).toMatchObject([{ it: {} }]);
  });
});

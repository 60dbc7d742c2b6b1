import { ConnectorError, UserError } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import type { NodeCall } from '../ports.ts';
import { planOf, World } from './world.ts';

const ended = (status: string) => ({ kind: 'ended', status });
const numbers = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));

/** Fails for odd numbers. */
async function onlyEven(call: NodeCall) {
  const json = call.item?.json ?? null;
  if (typeof json === 'object' && json !== null && 'n' in json && Number(json.n) % 2 === 1)
    throw new UserError('invalid', { code: 'odd', message: 'odd numbers are not taken', hint: 'Use even ones.' });
  return { items: [{ json }] };
}

const odd = { code: 'odd', message: 'odd numbers are not taken', hint: 'Use even ones.' };

describe('settings of a node', () => {
  it.each(['test.set', 'test.read'])('onError continue (%s) keeps every item in its place, failed ones as an error', async (type) => {
    const world = new World(planOf({ a: { type, settings: { onError: 'continue' } }, z: 'test.set' }, ['t>a', 'a>z']));
    world.behaviour['a'] = onlyEven;
    expect(await world.drive(numbers(4))).toEqual(ended('succeeded'));
    expect(world.output('z')).toEqual([{ n: 0 }, { error: odd }, { n: 2 }, { error: odd }]);
  });

  it.each(['test.set', 'test.read'])(
    'onError branch (%s) sends failed items through the error port, with their data and lineage',
    async (type) => {
      const nodes = {
        a: { type, settings: { onError: 'branch' as const } },
        z: 'test.set',
        e: { type: 'test.set', parameters: { was: "{{ $('t').item.json.n }}" } },
      };
      const world = new World(planOf(nodes, ['t>a', 'a>z', 'a.error>e']));
      world.behaviour['a'] = onlyEven;
      expect(await world.drive(numbers(4))).toEqual(ended('succeeded'));
      expect(world.output('z')).toEqual([{ n: 0 }, { n: 2 }]);
      expect(world.output('e')).toEqual([1, 3].map((n) => ({ n, was: n, error: odd })));
      expect(world.row.nodeRuns.get('a:0')).toMatchObject({ status: 'failed', error: { code: 'odd', itemIndex: 1 } });
    },
  );

  it('onError continue of a node that routes: an item that fails meets no condition', async () => {
    const settings = { onError: 'continue' as const };
    const isOne = { conditions: [{ left: '{{ $json.n }}', operator: 'equals', right: 1 }] };
    const cases = [{ id: 'one', name: 'One', ...isOne }];
    const nodes = {
      i: { type: 'core.if', parameters: isOne, settings },
      f: { type: 'core.filter', parameters: isOne, settings },
      s: { type: 'core.switch', parameters: { cases, fallback: 'output' }, settings },
    };
    const world = new World(planOf(nodes, ['t>i', 't>f', 't>s']));
    await world.drive([{ n: 1 }, { m: 1 }]);
    const failed = [{ error: { code: 'expression_missing_key' } }];
    const [true_, kept, first] = [world.output('i', 'true'), world.output('f'), world.output('s', 'one')];
    expect([true_, kept, first]).toEqual([[{ n: 1 }], [{ n: 1 }], [{ n: 1 }]]);
    for (const [id, port] of [
      ['i', 'false'],
      ['f', 'discarded'],
      ['s', 'fallback'],
    ] as const)
      expect(world.output(id, port)).toMatchObject(failed);
  });

  it('node runs are told apart by when they began, however fast they are', async () => {
    const settings = { disabled: true };
    const world = new World(planOf({ c: 'test.set', b: { type: 'test.set', settings }, a: 'test.set' }, ['t>c', 'c>b', 'b>a']));
    await world.drive(numbers(1));
    const begun = ['t', 'c', 'b', 'a'].map((id) => world.row.nodeRuns.get(`${id}:0`)?.startedAtMs ?? 0);
    expect(begun).toEqual([...new Set(begun)].toSorted((one, other) => one - other));
  });

  it('onError stop fails the run at the first item that fails', async () => {
    const world = new World(planOf({ a: 'test.set', z: 'test.set' }, ['t>a', 'a>z']));
    world.behaviour['a'] = onlyEven;
    expect(await world.drive(numbers(4))).toEqual(ended('failed'));
    expect(world.row.end?.error).toMatchObject({ code: 'odd', nodeId: 'a', itemIndex: 1 });
    expect(world.row.nodeRuns.has('z:0')).toBe(false);
  });

  it('onError branch of a list node takes the whole list', async () => {
    const settings = { onError: 'branch' as const };
    const nodes = { l: { type: 'core.loop', parameters: { maxRounds: 1 }, settings }, body: 'test.set', e: 'test.set' };
    const world = new World(planOf(nodes, ['t>l', 'l.loop>body', 'body>l.back', 'l.error>e']));
    expect(await world.drive(numbers(2))).toEqual(ended('succeeded'));
    expect(world.output('e')).toMatchObject([{ error: { code: 'loop_rounds' } }]);
  });

  it('executeOnce takes the first item of every input', async () => {
    const settings = { executeOnce: true };
    const world = new World(
      planOf({ a: 'test.set', m: { type: 'core.merge', settings }, z: 'test.set' }, ['t>a', 't>m.in1', 'a>m.in2', 'm>z']),
    );
    world.behaviour['a'] = async (call) => ({ items: [{ json: { a: call.itemIndex } }] });
    await world.drive(numbers(3));
    expect(world.output('z')).toEqual([{ n: 0 }, { a: 0 }]);
  });

  it('alwaysOutput of a filter that keeps nothing is one empty item; a loop gives it only when done', async () => {
    const settings = { alwaysOutput: true };
    const never = { conditions: [{ left: 1, operator: 'equals', right: 2 }] };
    const nodes = { l: { type: 'core.loop', settings }, f: { type: 'core.filter', parameters: never }, z: 'test.set' };
    const world = new World(planOf(nodes, ['t>l', 'l.loop>f', 'f>l.back', 'l.done>z']));
    expect(await world.drive(numbers(2))).toEqual(ended('succeeded'));
    expect(world.story.filter((one) => one.startsWith('z'))).toEqual(['z:0 succeeded']);
    expect(world.output('z')).toEqual([{}]);
    const kept = new World(planOf({ f: { type: 'core.filter', parameters: never, settings }, z: 'test.set' }, ['t>f', 'f>z']));
    await kept.drive(numbers(2));
    expect(kept.output('z')).toEqual([{}]);
  });

  it('a disabled node hands its first input on: a merge the first, a loop as done, a switch nothing else', async () => {
    const settings = { disabled: true };
    const nodes = {
      a: 'test.set',
      m: { type: 'core.merge', settings },
      l: { type: 'core.loop', settings },
      body: 'test.set',
      z: 'test.set',
    };
    const world = new World(planOf(nodes, ['t>m.in1', 't>a', 'a>m.in2', 'm>l', 'l.loop>body', 'body>l', 'l.done>z']));
    world.behaviour['a'] = async () => ({ items: [{ json: { other: true } }] });
    expect(await world.drive(numbers(2))).toEqual(ended('succeeded'));
    expect(world.output('z')).toEqual(numbers(2));
    expect(world.row.nodeRuns.get('m:0')).toMatchObject({ status: 'skipped', reason: 'disabled' });
    expect(world.story.filter((one) => one.startsWith('body'))).toEqual([]);
  });

  it('a retry policy tries kinds that it names, as often as it says, and only the items that failed', async () => {
    const retry = { maxAttempts: 3, initialMs: 0, jitter: 0, on: ['transient' as const] };
    const world = new World(planOf({ a: { type: 'test.read', settings: { retry } }, z: 'test.set' }, ['t>a', 'a>z']));
    const calls: number[] = [];
    world.behaviour['a'] = async (call) => {
      calls.push(call.itemIndex);
      if (call.itemIndex === 1 && calls.filter((one) => one === 1).length < 3)
        throw new ConnectorError('transient', { code: 'busy', message: 'busy' });
      return { items: [{ json: { n: call.itemIndex } }] };
    };
    expect(await world.drive(numbers(2))).toEqual(ended('succeeded'));
    expect([calls.filter((one) => one === 0).length, calls.filter((one) => one === 1).length]).toEqual([1, 3]);
    expect(world.row.nodeRuns.get('a:0')).toMatchObject({ status: 'succeeded', attempts: 3 });
    const other = new World(planOf({ a: { type: 'test.read', settings: { retry } } }, ['t>a']));
    let tries = 0;
    other.behaviour['a'] = () => Promise.reject(new ConnectorError('auth', { code: `no_${(tries += 1)}`, message: 'no' }));
    expect(await other.drive()).toEqual(ended('failed'));
    expect(tries).toBe(1);
  });
});

describe('a document with several parts', () => {
  const nodes = { u: 'core.webhook', a: 'test.set', b: 'test.set', m: 'core.merge', lost: 'test.set' };
  const plan = () => planOf(nodes, ['t>a', 'u>b', 'a>m.in1', 'b>m.in2']);

  it('runs the part of the trigger that started it, joins included, and nothing else', async () => {
    const world = new World(plan());
    expect(await world.drive(numbers(1))).toEqual(ended('succeeded'));
    expect(world.story).toEqual(['t:0 succeeded', 'a:0 succeeded', 'm:0 succeeded']);
    const second = new World(plan(), { triggerNodeId: 'u' });
    await second.drive(numbers(1));
    expect(second.story).toEqual(['u:0 succeeded', 'b:0 succeeded', 'm:0 succeeded']);
  });

  it('a required input that this run cannot fill lets the arrivals go, quietly', async () => {
    const choose = { ...nodes, m: { type: 'core.merge', parameters: { mode: 'choose' } }, z: 'test.set' };
    const world = new World(planOf(choose, ['t>a', 'u>b', 'a>m.in1', 'b>m.in2', 'u>m.in1', 'm>z']));
    expect(await world.drive(numbers(1))).toEqual(ended('succeeded'));
    expect(world.story).toEqual(['t:0 succeeded', 'a:0 succeeded']);
  });

  it('executeOnce of a wait: the first item goes on, and knows where it came from', async () => {
    const wait = { type: 'core.wait', parameters: { amount: 0.01, unit: 'seconds' }, settings: { executeOnce: true } };
    const read = { type: 'test.set', parameters: { of: "{{ $('t').item.json.n }}" } };
    const world = new World(planOf({ w: wait, z: read }, ['t>w', 'w>z']));
    expect(await world.drive(numbers(3))).toEqual(ended('succeeded'));
    expect(world.output('z')).toEqual([{ n: 0, of: 0 }]);
  });

  it('a wait in the past does not wait', async () => {
    const wait = { type: 'core.wait', parameters: { mode: 'until', until: '2001-01-01T00:00:00Z' } };
    const world = new World(planOf({ w: wait, z: 'test.set' }, ['t>w', 'w>z']));
    expect(await world.drive(numbers(1))).toEqual(ended('succeeded'));
    expect(world.opened).toBe(1);
  });
});

describe('lineage of lists that are taken apart and put together', () => {
  const read = { type: 'test.set', parameters: { order: "{{ $('t').item.json.id }}" } };
  const nodes = { split: 'test.set', work: 'test.set', gather: 'test.whole', z: read };
  const edges = ['t>split', 'split>work', 'work>gather', 'gather>z'];

  function world(): World {
    const made = new World(planOf(nodes, edges));
    made.behaviour['split'] = async (call) => ({ items: [1, 2].map((line) => ({ json: { line }, from: [call.itemIndex] })) });
    made.behaviour['gather'] = async (call) => ({
      items: [{ json: { lines: call.items.length }, from: call.items.map((_, index) => index) }],
    });
    return made;
  }

  it('.item works behind split out and aggregate while all goes back to one item', async () => {
    const one = world();
    await one.drive([{ id: 7 }]);
    expect(one.output('z')).toEqual([{ lines: 2, order: 7 }]);
  });

  it('and says that it cannot tell once they come from several', async () => {
    const several = world();
    expect(await several.drive([{ id: 7 }, { id: 8 }])).toEqual(ended('failed'));
    expect(several.row.end?.error).toMatchObject({ code: 'expression_lineage', hint: expect.stringContaining('match by a key') });
  });

  it('survives a state in between', async () => {
    const plan = planOf({ ...nodes, w: { type: 'core.wait', parameters: { amount: 1, unit: 'hours' } } }, [
      't>split',
      'split>work',
      'work>w',
      'w>z',
    ]);
    const waited = new World(plan);
    waited.behaviour['split'] = async (call) => ({ items: [1, 2].map((line) => ({ json: { line }, from: [call.itemIndex] })) });
    await waited.drive([{ id: 7 }, { id: 8 }]);
    expect(waited.output('z')).toMatchObject([{ order: 7 }, { order: 7 }, { order: 8 }, { order: 8 }]);
  });
});

describe('what stands for many items', () => {
  const read = { type: 'test.set', parameters: { of: "{{ $('t').item.json.n }}" }, settings: { onError: 'continue' as const } };
  const lost = [{ error: { code: 'expression_lineage' } }];

  it('the empty item of a node that always gives one comes from all that came in', async () => {
    const settings = { alwaysOutput: true };
    const filter = { type: 'core.filter', parameters: { conditions: [{ left: 1, operator: 'equals', right: 2 }] }, settings };
    const plan = planOf({ f: filter, z: read }, ['t>f', 'f>z']);
    const many = new World(plan);
    await many.drive(numbers(2));
    expect(many.output('z')).toMatchObject(lost);
    const one = new World(plan);
    await one.drive([{ n: 7 }]);
    expect(one.output('z')).toEqual([{ of: 7 }]);
  });

  it('the error of a call for a whole list comes from all of it', async () => {
    const world = new World(planOf({ w: { type: 'test.whole', settings: { onError: 'continue' } }, z: read }, ['t>w', 'w>z']));
    world.behaviour['w'] = () => Promise.reject(new ConnectorError('permanent', { code: 'refused', message: 'refused' }));
    await world.drive(numbers(2));
    expect(world.output('w')).toMatchObject([{ error: { code: 'refused' } }]);
    expect(world.output('z')).toMatchObject(lost);
  });

  it('a branch that took the first item only does not hide the others from the rest', async () => {
    const once = { type: 'test.set', settings: { executeOnce: true } };
    const merge = { type: 'core.merge', parameters: { mode: 'position', unpaired: true } };
    const world = new World(planOf({ a: once, b: 'test.set', m: merge, z: read }, ['t>a', 't>b', 'a>m.in1', 'b>m.in2', 'm>z']));
    await world.drive(numbers(3));
    expect(world.output('z')).toEqual([0, 1, 2].map((n) => ({ n, of: n })));
  });

  it('the error of a failed item of a map comes from that item, the error of a section from what came in', async () => {
    const fail = () => Promise.reject(new ConnectorError('permanent', { code: 'refused', message: 'refused' }));
    const map = { type: 'core.map', parameters: { onItemError: 'collect' } };
    const mapped = new World(planOf({ m: map, w: { type: 'test.read', parent: 'm' }, z: read }, ['t>m', 'm.each>w', 'w>m.collect', 'm>z']));
    mapped.behaviour['w'] = fail;
    await mapped.drive(numbers(2));
    expect(mapped.output('z')).toEqual([0, 1].map((of) => ({ error: expect.anything(), of })));
    const section = { type: 'core.try', settings: { onError: 'continue' as const } };
    const tried = new World(
      planOf({ y: section, w: { type: 'test.read', parent: 'y' }, z: read }, ['t>y', 'y.try>w', 'w>y.result', 'y>z']),
    );
    tried.behaviour['w'] = fail;
    await tried.drive(numbers(2));
    expect(tried.output('z')).toMatchObject(lost);
  });
});

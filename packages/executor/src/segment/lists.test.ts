import type { JsonObject, JsonValue } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { planOf, World } from './world.ts';

const ended = (status: string) => ({ kind: 'ended', status });

/** Two lists made from the trigger's items, merged, and read by `z`. */
async function merged(
  parameters: JsonObject,
  lists: Readonly<Record<'a' | 'b', readonly JsonValue[]>>,
  read: JsonObject = {},
): Promise<World> {
  const nodes = { a: 'test.whole', b: 'test.whole', m: { type: 'core.merge', parameters }, z: { type: 'test.set', parameters: read } };
  const world = new World(planOf(nodes, ['t>a', 't>b', 'a>m.in1', 'b>m.in2', 'm>z']));
  for (const id of ['a', 'b'] as const) {
    world.behaviour[id] = async (call) => ({ items: lists[id].map((json, index) => ({ json, from: [index % call.items.length] })) });
  }
  await world.drive([{ id: 0 }, { id: 1 }]);
  return world;
}

describe('merge', () => {
  const left = [{ k: 1, l: 'a' }, { k: '2', l: 'b' }, { l: 'c' }];
  const right = [
    { k: 2, r: 'x' },
    { k: 3, r: 'y' },
    { k: 2, r: 'z' },
  ];
  const lists = { a: left, b: right };

  it('appends in the order of its inputs', async () => {
    expect((await merged({}, lists)).output('m')).toEqual([...left, ...right]);
  });

  it.each<[JsonObject, readonly JsonValue[]]>([
    [
      { join: 'inner' },
      [
        { k: 2, l: 'b', r: 'x' },
        { k: 2, l: 'b', r: 'z' },
      ],
    ],
    [{ join: 'left' }, [{ k: 1, l: 'a' }, { k: 2, l: 'b', r: 'x' }, { k: 2, l: 'b', r: 'z' }, { l: 'c' }]],
    [
      { join: 'right' },
      [
        { k: 2, l: 'b', r: 'x' },
        { k: 2, l: 'b', r: 'z' },
        { k: 3, r: 'y' },
      ],
    ],
    [{ join: 'full' }, [{ k: 1, l: 'a' }, { k: 2, l: 'b', r: 'x' }, { k: 2, l: 'b', r: 'z' }, { l: 'c' }, { k: 3, r: 'y' }]],
    [{ join: 'anti' }, [{ k: 1, l: 'a' }, { l: 'c' }]],
    [
      { join: 'inner', clash: 'first' },
      [
        { k: '2', l: 'b', r: 'x' },
        { k: '2', l: 'b', r: 'z' },
      ],
    ],
    [
      { join: 'inner', clash: 'suffix' },
      [
        { k_1: '2', k_2: 2, l: 'b', r: 'x' },
        { k_1: '2', k_2: 2, l: 'b', r: 'z' },
      ],
    ],
  ])('by key with %j; a missing key matches nothing', async (parameters, expected) => {
    const world = await merged({ mode: 'key', keys: [{ left: 'k', right: 'k' }], ...parameters }, lists);
    expect(world.output('m')).toEqual(expected);
  });

  it('by position to the end of the shortest, or with what has no partner', async () => {
    const two = { a: [{ n: 1 }, { n: 2 }, { n: 3 }], b: [{ m: 1 }] };
    expect((await merged({ mode: 'position' }, two)).output('m')).toEqual([{ n: 1, m: 1 }]);
    expect((await merged({ mode: 'position', unpaired: true }, two)).output('m')).toEqual([{ n: 1, m: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('makes all combinations, up to a bound', async () => {
    const two = { a: [{ n: 1 }, { n: 2 }], b: [{ m: 1 }, { m: 2 }] };
    expect((await merged({ mode: 'combinations' }, two)).output('m')).toEqual([
      { n: 1, m: 1 },
      { n: 1, m: 2 },
      { n: 2, m: 1 },
      { n: 2, m: 2 },
    ]);
    const many = Array.from({ length: 1000 }, () => ({}));
    expect((await merged({ mode: 'combinations' }, { a: many, b: many })).row.end?.error).toMatchObject({ code: 'merge_too_large' });
  });

  it('waits for all and takes one', async () => {
    expect((await merged({ mode: 'choose', choose: 2 }, lists)).output('m')).toEqual(right);
  });

  it('$(…).item works by position, by key and after appending', async () => {
    const read = { t: "{{ $('t').item.json.id }}", a: "{{ $('a').item.json.n }}" };
    const two = {
      a: [{ n: 1 }, { n: 2 }],
      b: [
        { m: 1, n: 1 },
        { m: 2, n: 2 },
      ],
    };
    const both = [
      { t: 0, a: 1 },
      { t: 1, a: 2 },
    ];
    expect((await merged({ mode: 'position' }, two, read)).output('z')).toMatchObject(both);
    expect((await merged({ mode: 'key', keys: [{ left: 'n', right: 'n' }] }, two, read)).output('z')).toMatchObject(both);
    const appended = await merged({}, two, { t: "{{ $('t').item.json.id }}" });
    expect(appended.output('z')).toMatchObject([{ t: 0 }, { t: 1 }, { t: 0 }, { t: 1 }]);
  });

  it('where two items disagree about their origin the error offers first, all and a key', async () => {
    const crossed = { a: [{ n: 1 }, { n: 2 }], b: [{ m: 2 }, { m: 1 }, { m: 3 }] };
    const world = await merged({ mode: 'combinations' }, crossed, { t: "{{ $('t').item.json.id }}" });
    expect(world.row.end?.error).toMatchObject({ code: 'expression_lineage', nodeId: 'z' });
    for (const offer of ['.first()', '.all()', "$('t').all().find("]) expect(world.row.end?.error?.hint).toContain(offer);
  });
});

describe('switch and filter', () => {
  const when = (operator: string, right: JsonValue) => ({ conditions: [{ left: '{{ $json.n }}', operator, right }] });
  const cases = [
    { id: 'low', name: 'Low', ...when('less', 10) },
    { id: 'even', name: 'Even', conditions: [{ left: '{{ $json.n % 2 }}', operator: 'equals', right: 0 }] },
  ];
  const route = (parameters: JsonObject) =>
    planOf(
      { s: { type: 'core.switch', parameters: { cases, fallback: 'output', ...parameters } }, a: 'test.set', b: 'test.set', c: 'test.set' },
      ['t>s', 's.low>a', 's.even>b', 's.fallback>c'],
    );
  const items = [{ n: 4 }, { n: 12 }, { n: 13 }];

  it('takes the first case that holds, all of them where asked, and the fallback', async () => {
    const first = new World(route({}));
    await first.drive(items);
    expect(['low', 'even', 'fallback'].map((port) => first.output('s', port))).toEqual([[{ n: 4 }], [{ n: 12 }], [{ n: 13 }]]);
    const all = new World(route({ all: true }));
    await all.drive(items);
    expect(['low', 'even', 'fallback'].map((port) => all.output('s', port))).toEqual([[{ n: 4 }], [{ n: 4 }, { n: 12 }], [{ n: 13 }]]);
  });

  it('without conversion a wrong type is an error that names field and item', async () => {
    const world = new World(route({ convert: false }));
    await world.drive([{ n: 1 }, { n: 'two' }]);
    expect(world.row.end?.error).toMatchObject({ code: 'condition_type', nodeId: 's', itemIndex: 1, field: 'cases[0].conditions[0].left' });
  });

  it('filter keeps what matches and lets the rest leave by its own port', async () => {
    const world = new World(
      planOf({ f: { type: 'core.filter', parameters: when('greater', 10) }, a: 'test.set', b: 'test.set' }, [
        't>f',
        'f>a',
        'f.discarded>b',
      ]),
    );
    await world.drive(items);
    expect([world.output('a'), world.output('b')]).toEqual([[{ n: 12 }, { n: 13 }], [{ n: 4 }]]);
  });

  it('stop fails the run with the text of its author', async () => {
    const parameters = { message: 'Order {{ $json.n }} is wrong', code: 'order_wrong' };
    const world = new World(planOf({ no: 'core.noOp', s: { type: 'core.stop', parameters } }, ['t>no', 'no>s']));
    expect(await world.drive(items)).toEqual(ended('failed'));
    expect(world.row.end?.error).toMatchObject({ code: 'order_wrong', message: 'Order 4 is wrong', nodeId: 's' });
  });
});

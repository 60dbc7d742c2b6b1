import type { NodeSketch } from '../../documents.ts';
import type { Micro, MicroRule } from '../micro.ts';
import { above, ifNode, loop, merge, numbers, only, pass, send, set, src, t, when } from '../sketches.ts';

const order = 'sequential' as const;
const edges = ['t -> src', 'src -> l', 'l:loop -> a', 'a -> l', 'l:done -> z'];
const three = { rows: numbers(1, 2, 3) };
const entries: NodeSketch = ['s', 'core.splitOut', { field: 'xs', name: 'x' }];
const nestedEdges = ['t -> src', 'src -> o', 'o:loop -> s', 's -> i', 'i:loop -> b', 'b -> i', 'i:done -> o', 'o:done -> z'];
const xs = (...list: readonly number[]) => list.map((x) => ({ x }));

const simple: readonly Micro[] = [
  {
    name: 'one item a round; what came back leaves at the end, in order',
    order,
    nodes: [t, src, loop('l'), set('a', { twice: '{{ $json.n * 2 }}' }), ...pass('z')],
    edges,
    start: three,
    expected: {
      ran: ['t', 'src', 'l', 'a', 'l#1', 'a#1', 'l#2', 'a#2', 'l#3', 'z'],
      gave: {
        'l:loop': numbers(1),
        'l:loop#2': numbers(3),
        'l:done#2': [],
        z: [
          { n: 1, twice: 2 },
          { n: 2, twice: 4 },
          { n: 3, twice: 6 },
        ],
      },
    },
  },
  {
    name: 'batches; the last one is what is left',
    order,
    nodes: [t, src, loop('l', { batchSize: 2 }), set('a', { of: '{{ $items.length }}' }), ...pass('z')],
    edges,
    start: { rows: numbers(1, 2, 3, 4, 5) },
    expected: {
      ran: ['t', 'src', 'l', 'a', 'l#1', 'a#1', 'l#2', 'a#2', 'l#3', 'z'],
      gave: { z: [1, 2, 3, 4, 5].map((n) => ({ n, of: n === 5 ? 1 : 2 })) },
    },
  },
  {
    name: 'the way back may be drawn to its own input',
    order,
    nodes: [t, src, loop('l', { batchSize: 3 }), ...pass('a', 'z')],
    edges: ['t -> src', 'src -> l', 'l:loop -> a', 'a -> l:back', 'l:done -> z'],
    start: three,
    expected: { ran: ['t', 'src', 'l', 'a', 'l#1', 'z'], gave: { z: numbers(1, 2, 3) } },
  },
  {
    name: 'the steps inside have another $runIndex in every round',
    order,
    nodes: [t, src, loop('l'), only('a', { round: '{{ $runIndex }}' }), ...pass('z')],
    edges,
    start: { rows: numbers(1, 2) },
    expected: {
      ran: ['t', 'src', 'l', 'a', 'l#1', 'a#1', 'l#2', 'z'],
      gave: { a: [{ round: 0 }], 'a#1': [{ round: 1 }], z: [{ round: 0 }, { round: 1 }] },
    },
  },
  {
    name: '$(…).all() of a step inside sees its last round only',
    order,
    nodes: [t, src, loop('l'), ...pass('a'), only('z', { seen: "{{ $('a').all().length }}" })],
    edges,
    start: three,
    expected: { ran: ['t', 'src', 'l', 'a', 'l#1', 'a#1', 'l#2', 'a#2', 'l#3', 'z'], gave: { z: [{ seen: 1 }, { seen: 1 }, { seen: 1 }] } },
  },
  {
    name: 'an empty list never begins',
    nodes: [t, src, loop('l'), ...pass('a', 'z')],
    edges,
    start: { rows: [] },
    expected: { ran: ['t', 'src'] },
  },
  {
    name: 'requests in a loop are made once each',
    order,
    nodes: [t, src, loop('l'), send('a', 'ten/{{ $json.n }}'), only('z', { n: "{{ $('src').item.json.n }}" })],
    edges,
    start: { rows: numbers(1, 2) },
    expected: {
      ran: ['t', 'src', 'l', 'a', 'l#1', 'a#1', 'l#2', 'z'],
      gave: { z: numbers(1, 2) },
      requests: { 'ten/1': 1, 'ten/2': 1 },
    },
  },
];

const forked = ['t -> src', 'src -> l', 'l:loop -> f', 'f:true -> y', 'f:false -> x', 'y -> m:in1', 'x -> m:in2', 'm -> l', 'l:done -> z'];
const forks = [t, src, loop('l'), ifNode('f', when('{{ $json.n }}', 'less', 2)), ...pass('y', 'x'), merge('m'), ...pass('z')];

/** Joins, failures and waits inside of rounds. */
const inside: readonly Micro[] = [
  {
    name: 'a join in a round goes on with what is there before the round ends',
    order,
    nodes: forks,
    edges: forked,
    start: { rows: numbers(1, 2) },
    expected: {
      ran: ['t', 'src', 'l', 'f', 'y', 'm', 'l#1', 'f#1', 'x', 'm#1', 'l#2', 'z'],
      gave: { m: numbers(1), 'm#1': numbers(2), z: numbers(1, 2) },
    },
  },
  {
    name: 'and so it does where branches run side by side',
    nodes: forks,
    edges: forked,
    start: { rows: numbers(1, 2, 1) },
    expected: {
      ran: ['t', 'src', 'l', 'f', 'y', 'm', 'l#1', 'f#1', 'x', 'm#1', 'l#2', 'f#2', 'y#1', 'm#2', 'l#3', 'z'],
      gave: { m: numbers(1), 'm#1': numbers(2), 'm#2': numbers(1), z: numbers(1, 2, 1) },
    },
  },
  {
    name: 'a join behind the loop waits for all rounds',
    nodes: [t, src, loop('l'), above('a', 1), ...pass('z'), merge('k')],
    edges: ['t -> src', 'src -> l', 'l:loop -> a', 'a -> l', 'l:done -> z', 'z -> k:in1', 'src -> k:in2'],
    start: { rows: numbers(1, 2) },
    expected: {
      ran: ['t', 'src', 'l', 'a', 'l#1', 'a#1', 'l#2', 'z', 'k'],
      gave: { k: numbers(2, 1, 2) },
    },
  },
  {
    name: 'an item that fails comes back through the error port, and the others go on',
    order,
    nodes: [t, src, loop('l'), only('a', { got: '{{ $json.v }}' }, { onError: 'branch' }), ...pass('z')],
    edges: [...edges, 'a:error -> l'],
    start: { rows: [{ v: 1 }, { n: 2 }, { v: 3 }] },
    expected: {
      ran: ['t', 'src', 'l', 'a', 'l#1', 'a#1=failed', 'l#2', 'a#2', 'l#3', 'z'],
      gave: { z: [{ got: 1 }, { n: 2, error: 'expression_missing_key' }, { got: 3 }] },
    },
  },
  {
    name: 'a join in a round that requires what does not come lets go what it has, and the next round has none of it',
    order,
    nodes: [
      t,
      src,
      loop('l'),
      ifNode('f', when('{{ $json.n }}', 'less', 2)),
      ...pass('y', 'x'),
      merge('m', { mode: 'choose' }),
      ...pass('z'),
    ],
    edges: forked,
    start: { rows: numbers(1, 2) },
    expected: { ran: ['t', 'src', 'l', 'f', 'y', 'l#1', 'f#1', 'x', 'l#2'] },
  },
  {
    name: 'with errors that continue, a list that cannot begin is an error behind the loop',
    nodes: [t, src, loop('l', { maxRounds: 1 }, { onError: 'continue' }), ...pass('a', 'z')],
    edges,
    start: three,
    expected: { ran: ['t', 'src', 'l=failed', 'z'], gave: { z: [{ error: 'loop_rounds' }] } },
  },
  {
    name: 'a wait in a round',
    order,
    nodes: [t, src, loop('l'), ['a', 'core.wait', { amount: 0.1, unit: 'seconds' }], ...pass('z')],
    edges,
    start: { rows: numbers(1, 2) },
    expected: { ran: ['t', 'src', 'l', 'a', 'l#1', 'a#1', 'l#2', 'z'], gave: { z: numbers(1, 2) } },
  },
];

/** Ours (engine.md §2.6, README of the engine): a round ends when nothing can come back any more. */
const rounds: readonly Micro[] = [
  {
    // In n8n a round that returns nothing ends the loop for good.
    name: 'a round from which nothing comes back does not end the loop',
    order,
    nodes: [t, src, loop('l'), above('a', 1), ...pass('z')],
    edges,
    start: three,
    expected: { ran: ['t', 'src', 'l', 'a', 'l#1', 'a#1', 'l#2', 'a#2', 'l#3', 'z'], gave: { z: numbers(2, 3) } },
  },
  {
    name: 'when nothing came back at all, nothing leaves',
    order,
    nodes: [t, src, loop('l'), above('a', 100), ...pass('z')],
    edges,
    start: { rows: numbers(1, 2) },
    expected: { ran: ['t', 'src', 'l', 'a', 'l#1', 'a#1', 'l#2'], gave: { 'l:done#2': [] } },
  },
  {
    // In n8n the first branch that comes back begins the next round while the other is still in this one.
    name: 'both branches of a round come back before the next begins',
    order,
    nodes: [t, src, loop('l', { batchSize: 2 }), ifNode('f', when('{{ $json.n }}', 'less', 2)), ...pass('y', 'x', 'z')],
    edges: ['t -> src', 'src -> l', 'l:loop -> f', 'f:true -> y', 'f:false -> x', 'y -> l', 'x -> l', 'l:done -> z'],
    start: { rows: numbers(1, 2) },
    expected: { ran: ['t', 'src', 'l', 'f', 'y', 'x', 'l#1', 'l#2', 'z'], gave: { z: numbers(1, 2) } },
  },
  {
    // In n8n a second list would be taken for what came back.
    name: 'another list that arrives begins anew',
    order,
    nodes: [t, set('a', { by: 'a' }), set('b', { by: 'b' }), loop('l'), ...pass('x', 'z')],
    edges: ['t -> a', 't -> b', 'a -> l', 'b -> l', 'l:loop -> x', 'x -> l', 'l:done -> z'],
    at: { t: [0, 0], a: [100, 0], b: [100, 100], l: [200, 50], x: [300, 50], z: [300, 0] },
    expected: {
      ran: ['t', 'a', 'l', 'x', 'l#1', 'z', 'b', 'l#2', 'x#1', 'l#3', 'z#1'],
      gave: { z: [{ by: 'a' }], 'z#1': [{ by: 'b' }] },
    },
  },
  {
    name: 'a list that needs more rounds than allowed is refused before the first',
    nodes: [t, src, loop('l', { maxRounds: 2 }), ...pass('a', 'z')],
    edges,
    start: three,
    expected: { ran: ['t', 'src', 'l=failed'], error: { code: 'loop_rounds', nodeId: 'l' } },
  },
];

const nested: readonly Micro[] = [
  {
    name: 'nested: the inner loop begins anew in every round of the outer one',
    order,
    nodes: [t, src, loop('o'), entries, loop('i'), ...pass('b', 'z')],
    edges: nestedEdges,
    start: { rows: [{ xs: [1, 2] }, { xs: [3, 4] }] },
    expected: {
      ran: ['t', 'src', 'o', 's', 'i', 'b', 'i#1', 'b#1', 'i#2', 'o#1', 's#1', 'i#3', 'b#2', 'i#4', 'b#3', 'i#5', 'o#2', 'z'],
      gave: { 'i:done#2': xs(1, 2), 'i:done#5': xs(3, 4), z: xs(1, 2, 3, 4) },
    },
  },
  {
    name: 'nested: an inner list without entries skips no others',
    order,
    nodes: [t, src, loop('o'), entries, loop('i'), ...pass('b', 'z')],
    edges: nestedEdges,
    start: { rows: [{ xs: [] }, { xs: [3] }] },
    expected: { ran: ['t', 'src', 'o', 's', 'o#1', 's#1', 'i', 'b', 'i#1', 'o#2', 'z'], gave: { z: xs(3) } },
  },
  {
    name: 'nested, side by side: the same items come out',
    nodes: [t, src, loop('o', { batchSize: 2 }), entries, loop('i', { batchSize: 2 }), ...pass('b', 'z')],
    edges: nestedEdges,
    start: { rows: [{ xs: [1, 2] }, { xs: [3, 4] }, { xs: [5] }] },
    expected: {
      ran: ['t', 'src', 'o', 's', 'i', 'b', 'i#1', 'b#1', 'i#2', 'o#1', 's#1', 'i#3', 'b#2', 'i#4', 'o#2', 'z'],
      gave: { z: xs(1, 2, 3, 4, 5) },
    },
  },
];

/** §9.10: a loop sends its items round in batches, and everything that came back on when all are through. */
export const loops: MicroRule = { rule: '10 · loop over items', micros: [...simple, ...rounds, ...inside, ...nested] };

import type { Micro, MicroRule } from '../micro.ts';
import { above, ifNode, loop, merge, numbers, pass, set, src, t, when } from '../sketches.ts';

const order = 'sequential' as const;
const isSmall = ifNode('f', when('{{ $json.n }}', 'less', 2));
const both = { rows: numbers(1, 2) };
const one = { rows: numbers(1) };

/** Ours of n8n's `v1`; `v0` is not ours. Edges are listed in an order that must not matter. */
const branches: readonly Micro[] = [
  {
    name: 'fan-out: top to bottom, each branch to its end before the next begins',
    order,
    nodes: [t, ...pass('a', 'a2', 'b', 'b2', 'c')],
    edges: ['t -> a', 't -> b', 't -> c', 'a -> a2', 'b -> b2'],
    at: { t: [0, 0], c: [100, -100], b: [100, 0], b2: [200, 500], a: [100, 100], a2: [200, -500] },
    expected: { ran: ['t', 'c', 'b', 'b2', 'a', 'a2'] },
  },
  {
    name: 'fan-out at one height: left to right',
    order,
    nodes: [t, ...pass('a', 'b', 'c')],
    edges: ['t -> a', 't -> b', 't -> c'],
    at: { t: [0, 0], b: [100, 50], c: [200, 50], a: [300, 50] },
    expected: { ran: ['t', 'b', 'c', 'a'] },
  },
  {
    name: 'diamond: the join runs after its last branch, and before what is drawn below',
    order,
    nodes: [t, ...pass('a', 'b', 'd', 'z'), merge('m')],
    edges: ['t -> d', 't -> b', 't -> a', 'a -> m:in1', 'b -> m:in2', 'm -> z'],
    at: { t: [0, 0], a: [100, 0], b: [100, 100], d: [100, 200], m: [200, 900], z: [300, 900] },
    expected: { ran: ['t', 'a', 'b', 'm', 'z', 'd'] },
  },
  {
    name: 'diamond without a join: the last step runs within each branch',
    order,
    nodes: [t, set('a', { by: 'a' }), set('b', { by: 'b' }), ...pass('z')],
    edges: ['t -> b', 't -> a', 'a -> z', 'b -> z'],
    at: { t: [0, 0], a: [100, 0], b: [100, 100], z: [200, 50] },
    expected: { ran: ['t', 'a', 'z', 'b', 'z#1'], gave: { z: [{ by: 'a' }], 'z#1': [{ by: 'b' }] } },
  },
  {
    name: 'nested branches: depth first at every fork',
    order,
    nodes: [t, ...pass('a', 'b', 'c', 'd', 'e', 'f')],
    edges: ['t -> b', 't -> a', 'a -> d', 'a -> c', 'b -> e', 'c -> f'],
    at: { t: [0, 0], a: [100, 0], c: [200, -50], f: [300, 700], d: [200, 50], b: [100, 100], e: [200, 100] },
    expected: { ran: ['t', 'a', 'c', 'f', 'd', 'b', 'e'] },
  },
  {
    name: 'if with both sides filled: the true side first where it is drawn above',
    order,
    nodes: [t, src, isSmall, ...pass('y', 'y2', 'x')],
    edges: ['t -> src', 'src -> f', 'f:false -> x', 'f:true -> y', 'y -> y2'],
    at: { t: [0, 0], src: [100, 0], f: [200, 0], y: [300, -50], y2: [400, 300], x: [300, 50] },
    start: both,
    expected: { ran: ['t', 'src', 'f', 'y', 'y2', 'x'] },
  },
  {
    name: 'if with both sides filled: the false side first where it is drawn above, whatever the output is',
    order,
    nodes: [t, src, isSmall, ...pass('y', 'x', 'x2')],
    edges: ['t -> src', 'src -> f', 'f:true -> y', 'f:false -> x', 'x -> x2'],
    at: { t: [0, 0], src: [100, 0], f: [200, 0], x: [300, -50], x2: [400, 300], y: [300, 50] },
    start: both,
    expected: { ran: ['t', 'src', 'f', 'x', 'x2', 'y'] },
  },
];

const ports: readonly Micro[] = [
  {
    name: 'an error port is an output like any other',
    order,
    nodes: [t, src, set('f', { got: '{{ $json.v }}' }, { onError: 'branch' }), ...pass('y', 'e')],
    edges: ['t -> src', 'src -> f', 'f -> y', 'f:error -> e'],
    at: { t: [0, 0], src: [100, 0], f: [200, 0], e: [300, -50], y: [300, 50] },
    start: { rows: [{ v: 1 }, { n: 1 }] },
    expected: { ran: ['t', 'src', 'f=failed', 'e', 'y'] },
  },
  {
    name: 'all cases of a switch into one step: one node run for each, in the order of the outputs',
    order,
    nodes: [
      t,
      src,
      [
        'f',
        'core.switch',
        { all: true, cases: ['b', 'a'].map((id) => ({ id, name: id, ...when('{{ $json.n }}', 'greater', id === 'a' ? 1 : 0) })) },
      ],
      ...pass('z', 'z2'),
    ],
    edges: ['t -> src', 'src -> f', 'f:a -> z', 'f:b -> z', 'z -> z2'],
    start: { rows: numbers(1, 2) },
    expected: { ran: ['t', 'src', 'f', 'z', 'z2', 'z#1', 'z2#1'], gave: { z: numbers(1, 2), 'z#1': numbers(2) } },
  },
];

const waits: readonly Micro[] = [
  {
    name: 'a join that waits in vain runs when everything else has run',
    order,
    nodes: [t, src, isSmall, ...pass('y', 'x', 'd', 'd2', 'e', 'z'), merge('m')],
    edges: ['t -> src', 't -> d', 't -> e', 'src -> f', 'f:true -> y', 'f:false -> x', 'y -> m:in1', 'x -> m:in2', 'm -> z', 'd -> d2'],
    at: {
      t: [0, 0],
      src: [100, 0],
      f: [200, 0],
      y: [300, 0],
      x: [300, 50],
      m: [400, 0],
      z: [500, 0],
      d: [100, 200],
      d2: [200, 200],
      e: [100, 300],
    },
    start: one,
    expected: { ran: ['t', 'src', 'f', 'y', 'd', 'd2', 'e', 'm', 'z'], gave: { m: numbers(1) } },
  },
  {
    name: 'of two joins that wait in vain, the one that the other waits for goes first',
    order,
    nodes: [t, src, isSmall, ...pass('y', 'x', 'z'), merge('late'), merge('early')],
    edges: [
      't -> src',
      'src -> f',
      'f:true -> y',
      'f:false -> x',
      'y -> early:in1',
      'x -> early:in2',
      'early -> late:in1',
      'y -> late:in2',
      'late -> z',
    ],
    at: { t: [0, 0], src: [100, 0], f: [200, 0], y: [300, 0], x: [300, 50], late: [400, -90], early: [400, 90], z: [500, 0] },
    start: one,
    expected: { ran: ['t', 'src', 'f', 'y', 'early', 'late', 'z'], gave: { late: numbers(1, 1) } },
  },
  {
    name: 'loops in sequence: all rounds of the first, then all of the second',
    order,
    nodes: [t, src, loop('l'), loop('k'), ...pass('a', 'b', 'z')],
    edges: ['t -> src', 'src -> l', 'l:loop -> a', 'a -> l', 'l:done -> k', 'k:loop -> b', 'b -> k', 'k:done -> z'],
    start: both,
    expected: { ran: ['t', 'src', 'l', 'a', 'l#1', 'a#1', 'l#2', 'k', 'b', 'k#1', 'b#1', 'k#2', 'z'], gave: { z: numbers(1, 2) } },
  },
  {
    name: 'a loop goes round to its end before what is drawn below begins',
    order,
    nodes: [t, src, loop('l'), ...pass('a', 'z', 'd')],
    edges: ['t -> d', 't -> src', 'src -> l', 'l:loop -> a', 'a -> l', 'l:done -> z'],
    at: { t: [0, 0], src: [100, 0], l: [200, 0], a: [300, 0], z: [300, -50], d: [100, 200] },
    start: both,
    expected: { ran: ['t', 'src', 'l', 'a', 'l#1', 'a#1', 'l#2', 'z', 'd'] },
  },
  {
    name: 'branches in a round: top to bottom, and the next round after the last of them',
    order,
    nodes: [t, src, loop('l'), ...pass('a', 'b', 'z'), above('c', 1)],
    edges: ['t -> src', 'src -> l', 'l:loop -> b', 'l:loop -> a', 'a -> c', 'b -> l', 'l:done -> z'],
    at: { t: [0, 0], src: [100, 0], l: [200, 0], a: [300, 0], c: [400, 0], b: [300, 100], z: [300, -50] },
    start: both,
    expected: { ran: ['t', 'src', 'l', 'a', 'c', 'b', 'l#1', 'a#1', 'c#1', 'b#1', 'l#2', 'z'], gave: { z: numbers(1, 2) } },
  },
  {
    name: 'disabled steps have their place in the order',
    order,
    nodes: [t, ['a', 'core.noOp', {}, { disabled: true }], ...pass('a2', 'b')],
    edges: ['t -> b', 't -> a', 'a -> a2'],
    at: { t: [0, 0], a: [100, 0], a2: [200, 0], b: [100, 100] },
    expected: { ran: ['t', 'a=skipped', 'a2', 'b'] },
  },
];

/** §9.2: one node run at a time, depth first, targets over all outputs together from top to bottom, then left to right. */
export const sequentialOrder: MicroRule = { rule: '2 · order', micros: [...branches, ...ports, ...waits] };

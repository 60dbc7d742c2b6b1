import type { Micro, MicroRule } from '../micro.ts';
import { ifNode, merge, numbers, only, pass, src, t, when } from '../sketches.ts';

const order = 'sequential' as const;
const by = (id: string) => only(id, { by: id });
const said = (...ids: readonly string[]) => ids.map((id) => ({ by: id }));
const isSmall = ifNode('f', when('{{ $json.n }}', 'less', 5));
/** Only the true side has items. */
const split = ['t -> src', 'src -> f', 'f:true -> a', 'f:false -> b'];
const start = { rows: numbers(1) };

const released: readonly Micro[] = [
  {
    name: 'a join that nothing can reach any more goes on with what is there',
    nodes: [t, src, isSmall, by('a'), by('b'), merge('m'), ...pass('z')],
    edges: [...split, 'a -> m:in1', 'b -> m:in2', 'm -> z'],
    start,
    expected: { ran: ['t', 'src', 'f', 'a', 'm', 'z'], gave: { m: said('a') } },
  },
  {
    name: 'with its later inputs too, when only the first is missing',
    nodes: [t, src, isSmall, by('a'), by('b'), by('c'), merge('m', { inputs: 3 })],
    edges: [...split, 'src -> c', 'b -> m:in1', 'a -> m:in2', 'c -> m:in3'],
    start,
    expected: { ran: ['t', 'src', 'f', 'a', 'c', 'm'], gave: { m: said('a', 'c') } },
  },
  {
    name: 'a join that requires all inputs never runs; its branch ends quietly',
    nodes: [t, src, isSmall, by('a'), by('b'), merge('m', { mode: 'choose' }), ...pass('z')],
    edges: [...split, 'a -> m:in1', 'b -> m:in2', 'm -> z'],
    start,
    expected: { ran: ['t', 'src', 'f', 'a'] },
  },
  {
    name: 'a join does not go on while a join before it waits',
    nodes: [t, src, isSmall, by('a'), by('b'), by('c'), merge('m'), merge('n'), ...pass('z')],
    edges: [...split, 'src -> c', 'a -> m:in1', 'b -> m:in2', 'm -> n:in1', 'c -> n:in2', 'n -> z'],
    start,
    expected: { ran: ['t', 'src', 'f', 'a', 'c', 'm', 'n', 'z'], gave: { n: said('a', 'c') } },
  },
  {
    name: 'what is missing is an empty list: by position nothing is left',
    nodes: [t, src, isSmall, by('a'), by('b'), merge('m', { mode: 'position' }), ...pass('z')],
    edges: [...split, 'a -> m:in1', 'b -> m:in2', 'm -> z'],
    start,
    expected: { ran: ['t', 'src', 'f', 'a', 'm'], gave: { m: [] } },
  },
];

/** §9.5: arrivals wait until every wired input has one, the oldest first; what waits in vain is released with what is there. */
export const severalInputs: MicroRule = {
  rule: '5 · several inputs',
  micros: [
    {
      name: 'a join runs once, when each input has something',
      nodes: [t, by('a'), ...pass('b0', 'b1'), by('b'), merge('m')],
      edges: ['t -> a', 't -> b0', 'b0 -> b1', 'b1 -> b', 'a -> m:in1', 'b -> m:in2'],
      expected: { ran: ['t', 'a', 'b0', 'b1', 'b', 'm'], gave: { m: said('a', 'b') } },
    },
    {
      name: 'several arrivals at each input pair up in the order in which they came',
      order,
      nodes: [t, by('a'), by('b'), by('c'), by('d'), merge('m')],
      edges: ['t -> a', 't -> b', 't -> c', 't -> d', 'a -> m:in1', 'b -> m:in1', 'c -> m:in2', 'd -> m:in2'],
      at: { t: [0, 0], a: [100, 0], b: [100, 10], c: [100, 20], d: [100, 30], m: [200, 0] },
      expected: { ran: ['t', 'a', 'b', 'c', 'm', 'd', 'm#1'], gave: { m: said('a', 'c'), 'm#1': said('b', 'd') } },
    },
    {
      name: 'an arrival without a partner is released at the end',
      order,
      nodes: [t, by('a'), by('b'), by('c'), merge('m')],
      edges: ['t -> a', 't -> b', 't -> c', 'a -> m:in1', 'b -> m:in1', 'c -> m:in2'],
      at: { t: [0, 0], a: [100, 0], b: [100, 10], c: [100, 20], m: [200, 0] },
      expected: { ran: ['t', 'a', 'b', 'c', 'm', 'm#1'], gave: { m: said('a', 'c'), 'm#1': said('b') } },
    },
    {
      name: 'with a single wired input a merge has nothing to wait for',
      order,
      nodes: [t, by('a'), by('b'), merge('m')],
      edges: ['t -> a', 't -> b', 'a -> m:in1', 'b -> m:in1'],
      at: { t: [0, 0], a: [100, 0], b: [100, 10], m: [200, 0] },
      expected: { ran: ['t', 'a', 'm', 'b', 'm#1'], gave: { m: said('a'), 'm#1': said('b') } },
    },
    {
      name: 'one output may fill two inputs',
      nodes: [t, by('a'), merge('m')],
      edges: ['t -> a', 'a -> m:in1', 'a -> m:in2'],
      expected: { ran: ['t', 'a', 'm'], gave: { m: said('a', 'a') } },
    },
    ...released,
  ],
};

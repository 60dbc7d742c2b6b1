import type { MicroRule } from '../micro.ts';
import { ifNode, numbers, only, pass, set, src, t, when } from '../sketches.ts';

const order = 'sequential' as const;
const fork = [set('a', { by: 'a' }), set('b', { by: 'b' })];
const fanIn = ['t -> a', 't -> b', 'a -> z', 'b -> z'];
const at = { t: [0, 0], a: [100, 0], b: [100, 100], z: [200, 50], y: [300, 50] } as const;

/** §9.4: each arriving edge of a single input is a node run of its own; there is no join that nobody drew. */
export const singleInput: MicroRule = {
  rule: '4 · single input',
  micros: [
    {
      name: 'two lines into one input are two node runs',
      nodes: [t, ...fork, ...pass('z')],
      edges: fanIn,
      expected: { ran: ['t', 'a', 'b', 'z', 'z#1'] },
    },
    {
      name: '$runIndex says how often the step ran before',
      order,
      nodes: [t, ...fork, set('z', { nth: '{{ $runIndex }}' })],
      edges: fanIn,
      at,
      expected: { ran: ['t', 'a', 'z', 'b', 'z#1'], gave: { z: [{ by: 'a', nth: 0 }], 'z#1': [{ by: 'b', nth: 1 }] } },
    },
    {
      name: 'both sides of an if into one step are two node runs, each with its items',
      order,
      nodes: [t, src, ifNode('f', when('{{ $json.n }}', 'less', 2)), set('z', { nth: '{{ $runIndex }}' })],
      edges: ['t -> src', 'src -> f', 'f:true -> z', 'f:false -> z'],
      start: { rows: numbers(1, 2, 3) },
      expected: {
        ran: ['t', 'src', 'f', 'z', 'z#1'],
        gave: {
          z: [{ n: 1, nth: 0 }],
          'z#1': [
            { n: 2, nth: 1 },
            { n: 3, nth: 1 },
          ],
        },
      },
    },
    {
      name: 'what follows runs as often',
      nodes: [t, ...fork, ...pass('z', 'y', 'x')],
      edges: [...fanIn, 'z -> y', 'y -> x'],
      expected: { ran: ['t', 'a', 'b', 'z', 'z#1', 'y', 'y#1', 'x', 'x#1'] },
    },
    {
      // In n8n two equal lines are two deliveries; in ours two lines between the same ports are one line.
      name: 'the same line drawn twice is one line',
      nodes: [t, ...pass('a')],
      edges: ['t -> a', 't -> a'],
      expected: { ran: ['t', 'a'] },
    },
    {
      name: '$(…) reads the latest run of a step',
      order,
      nodes: [t, ...fork, ...pass('z'), only('y', { seen: "{{ $('z').first().json.by }}", count: "{{ $('z').all().length }}" })],
      edges: [...fanIn, 'z -> y'],
      at,
      expected: {
        ran: ['t', 'a', 'z', 'y', 'b', 'z#1', 'y#1'],
        gave: { y: [{ seen: 'a', count: 1 }], 'y#1': [{ seen: 'b', count: 1 }] },
      },
    },
  ],
};

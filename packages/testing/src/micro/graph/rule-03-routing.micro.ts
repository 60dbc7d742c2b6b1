import type { MicroRule } from '../micro.ts';
import { above, ifNode, merge, numbers, pass, src, t, when } from '../sketches.ts';

const isSmall = ifNode('f', when('{{ $json.n }}', 'less', 5));

/** §9.3: what follows an output runs only if that holds an item; an empty branch ends quietly. */
export const routing: MicroRule = {
  rule: '3 · routing',
  micros: [
    {
      name: 'the side of an if without items ends; its steps have no run',
      nodes: [t, src, isSmall, ...pass('y', 'x', 'x2')],
      edges: ['t -> src', 'src -> f', 'f:true -> y', 'f:false -> x', 'x -> x2'],
      start: { rows: numbers(1, 2) },
      expected: { ran: ['t', 'src', 'f', 'y'], gave: { 'f:true': numbers(1, 2), 'f:false': [], y: numbers(1, 2) } },
    },
    {
      name: 'a step that gives nothing ends its branch, and the run succeeds',
      nodes: [t, src, ...pass('a', 'a2')],
      edges: ['t -> src', 'src -> a', 'a -> a2'],
      start: { rows: [] },
      expected: { ran: ['t', 'src'], gave: { src: [] } },
    },
    {
      name: 'every line of an output gets all of its items',
      nodes: [t, src, ...pass('a', 'b', 'c')],
      edges: ['t -> src', 'src -> a', 'src -> b', 'src -> c'],
      start: { rows: numbers(1, 2, 3) },
      expected: { ran: ['t', 'src', 'a', 'b', 'c'], gave: { a: numbers(1, 2, 3), b: numbers(1, 2, 3), c: numbers(1, 2, 3) } },
    },
    {
      name: 'one branch ends, the other goes on',
      nodes: [t, src, above('low', 100), above('high', 1), ...pass('a', 'b')],
      edges: ['t -> src', 'src -> low', 'src -> high', 'low -> a', 'high -> b'],
      start: { rows: numbers(1, 2) },
      expected: { ran: ['t', 'src', 'low', 'high', 'b'], gave: { low: [], 'low:discarded': numbers(1, 2), b: numbers(2) } },
    },
    {
      // Legacy (v0) delivers an empty list to inputs after the first; ours never does.
      name: 'an empty output delivers nothing to the second input of a merge either',
      nodes: [t, src, above('none', 100), merge('m', { mode: 'position', unpaired: true })],
      edges: ['t -> src', 'src -> m:in1', 'src -> none', 'none -> m:in2'],
      start: { rows: numbers(1) },
      expected: { ran: ['t', 'src', 'none', 'm'], gave: { m: numbers(1) } },
    },
  ],
};

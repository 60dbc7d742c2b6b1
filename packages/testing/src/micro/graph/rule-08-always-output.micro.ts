import type { MicroRule } from '../micro.ts';
import { above, ifNode, numbers, only, pass, set, src, t, when } from '../sketches.ts';

const always = { alwaysOutput: true };
const nothing: readonly [] = [];

/** §9.8: a node that always gives something gives one empty item where it has none. */
export const alwaysOutput: MicroRule = {
  rule: '8 · always output',
  micros: [
    {
      name: 'one empty item where nothing is left',
      nodes: [t, src, above('a', 100, always), set('z', { ran: true })],
      edges: ['t -> src', 'src -> a', 'a -> z'],
      start: { rows: numbers(1, 2) },
      expected: { ran: ['t', 'src', 'a', 'z'], gave: { a: [{}], z: [{ ran: true }] } },
    },
    {
      name: 'without it the branch ends',
      nodes: [t, src, above('a', 100), ...pass('z')],
      edges: ['t -> src', 'src -> a', 'a -> z'],
      start: { rows: numbers(1, 2) },
      expected: { ran: ['t', 'src', 'a'], gave: { a: [] } },
    },
    {
      name: 'one empty item for an empty list',
      nodes: [t, ['src', 'core.splitOut', { field: 'rows' }, always], ...pass('z')],
      edges: ['t -> src', 'src -> z'],
      start: { rows: nothing },
      expected: { ran: ['t', 'src', 'z'], gave: { z: [{}] } },
    },
    {
      name: 'nothing is added where there are items',
      nodes: [t, src, above('a', 1, always), ...pass('z')],
      edges: ['t -> src', 'src -> a', 'a -> z'],
      start: { rows: numbers(1, 2) },
      expected: { ran: ['t', 'src', 'a', 'z'], gave: { z: numbers(2) } },
    },
    {
      // n8n looks at output 0 only: it would add one to `true`. Ours (engine.md §2.9) gives one where there is none at all.
      name: 'an if that gives items through either side has given something',
      nodes: [t, src, ifNode('f', when('{{ $json.n }}', 'greater', 100), always), ...pass('y', 'x')],
      edges: ['t -> src', 'src -> f', 'f:true -> y', 'f:false -> x'],
      start: { rows: numbers(1) },
      expected: { ran: ['t', 'src', 'f', 'x'], gave: { 'f:true': [], x: numbers(1) } },
    },
    {
      name: 'the empty item comes from what came in',
      nodes: [t, above('a', 100, always), only('z', { n: "{{ $('t').item.json.n }}" })],
      edges: ['t -> a', 'a -> z'],
      start: { n: 7 },
      expected: { ran: ['t', 'a', 'z'], gave: { z: numbers(7) } },
    },
  ],
};

import type { MicroRule } from '../micro.ts';
import { only, pass, set, t } from '../sketches.ts';

/** §9.13, as far as it is not about code nodes, which come later: a node works on a copy. */
export const copies: MicroRule = {
  rule: '13 · copies',
  micros: [
    {
      name: 'what one branch changes the other does not see',
      order: 'sequential',
      nodes: [t, set('a', { 'deep.n': 9 }), ...pass('b')],
      edges: ['t -> a', 't -> b'],
      at: { t: [0, 0], a: [100, 0], b: [100, 100] },
      start: { deep: { n: 1, m: 1 } },
      expected: { ran: ['t', 'a', 'b'], gave: { a: [{ deep: { n: 9, m: 1 } }], b: [{ deep: { n: 1, m: 1 } }] } },
    },
    {
      name: 'what a later step changes an earlier one has not given',
      nodes: [t, ...pass('a'), set('b', { n: 2 }), only('z', { before: "{{ $('a').first().json.n }}", now: '{{ $json.n }}' })],
      edges: ['t -> a', 'a -> b', 'b -> z'],
      start: { n: 1 },
      expected: { ran: ['t', 'a', 'b', 'z'], gave: { z: [{ before: 1, now: 2 }] } },
    },
  ],
};
